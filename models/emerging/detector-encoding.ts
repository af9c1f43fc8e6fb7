/** A detector's checkpoint: JSON, with cells by name, so that it outlives the order of the grid. */
import type { Cell } from '../../shared/cell.ts';
import type { Cluster, ClusterState } from './clusters.ts';
import type { PlaceState } from './place-class.ts';
import type { Candidate, Scan } from './scan.ts';

const FORMAT = 'forewatch-emerging-2';

/** The checkpoint cannot be continued from. */
export class DetectorUnreadable extends Error {
  override readonly name = 'DetectorUnreadable';
}

/** What is remembered of a place, also after its cluster has closed: that it comes and goes. */
export interface Place {
  /** Of its latest cluster. */
  clusterId: number;
  cells: number[];
  state: PlaceState;
}

export interface DetectorState {
  clusters: ClusterState;
  places: Place[];
  steppedMs: number;
}

type Named<Item, Key extends keyof Item, Value> = Omit<Item, Key> & Record<Key, Value>;
type NamedCandidate = Named<Candidate, 'centre', Cell>;
type NamedCluster = Omit<Cluster, 'peak' | 'latest' | 'cells'> &
  Record<'peak' | 'latest', NamedCandidate> & { cells: Cell[] };

interface Encoded {
  format: string;
  nowMs: number;
  nextId: number;
  open: NamedCluster[];
  places: Named<Place, 'cells', Cell[]>[];
  steppedMs: number | null;
  incidents: [cell: Cell, occurredMs: number][];
}

export function encodeDetector(state: DetectorState, scan: Scan, nowMs: number): Uint8Array {
  const cell = (index: number): Cell => scan.grid.cells[index] ?? '';
  const named = (candidate: Candidate): NamedCandidate => ({ ...candidate, centre: cell(candidate.centre) });
  const encoded: Encoded = {
    format: FORMAT,
    nowMs,
    nextId: state.clusters.nextId,
    open: state.clusters.open.map((cluster) => ({
      ...cluster,
      peak: named(cluster.peak),
      latest: named(cluster.latest),
      cells: cluster.cells.map(cell),
    })),
    places: state.places.map((place) => ({ ...place, cells: place.cells.map(cell) })),
    steppedMs: Number.isFinite(state.steppedMs) ? state.steppedMs : null,
    incidents: scan.recent.list(nowMs).map((incident) => [cell(incident.cell), incident.occurredMs]),
  };
  return new TextEncoder().encode(JSON.stringify(encoded));
}

/** Counts the incidents again in an empty scan, and returns the rest. Throws `DetectorUnreadable`. */
export function decodeDetector(bytes: Uint8Array, scan: Scan): DetectorState {
  const encoded = parsed(bytes);
  const index = (cell: Cell): number => scan.grid.take(cell);
  const found = (candidate: NamedCandidate): Candidate => ({ ...candidate, centre: index(candidate.centre) });
  for (const [cell, occurredMs] of encoded.incidents) scan.add(index(cell), occurredMs, encoded.nowMs);
  const open = encoded.open.map((cluster) => ({
    ...cluster,
    peak: found(cluster.peak),
    latest: found(cluster.latest),
    cells: cluster.cells.map(index),
  }));
  return {
    clusters: { nextId: encoded.nextId, open },
    places: encoded.places.map((place) => ({ ...place, cells: place.cells.map(index) })),
    steppedMs: encoded.steppedMs ?? -Infinity,
  };
}

function parsed(bytes: Uint8Array): Encoded {
  try {
    const encoded = JSON.parse(new TextDecoder().decode(bytes)) as Encoded;
    if (encoded.format === FORMAT) return encoded;
  } catch (cause) {
    throw new DetectorUnreadable('the checkpoint is not one of a detector', { cause });
  }
  throw new DetectorUnreadable('the checkpoint is of another version');
}
