/** What the simulator knows and no message says: the clusters and outages that were put into the city. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Category, Marker } from '../../shared/category.ts';
import { formatInstant } from '../../shared/time.ts';
import type { FeedName } from '../feeds/subjects.ts';
import type { Cluster } from './clusters.ts';
import type { Outage } from './outages.ts';

/** One line of a truth file. Times are RFC 3339, places WGS 84. */
export type Truth = CityTruth | ClusterTruth | OutageTruth;

export interface CityTruth {
  type: 'city';
  seed: number;
  startAt: string;
}

export interface ClusterTruth {
  type: 'cluster';
  centre: { lat: number; lon: number };
  radiusMetres: number;
  size: number;
  startAt: string;
  endAt: string;
  category: Category;
  markers?: readonly Marker[];
  /** Those that were sent; fewer than `size` where an outage lost some. */
  incidentIds: readonly string[];
}

export interface OutageTruth extends FeedName {
  type: 'outage';
  startAt: string;
  endAt: string;
  backlog: Outage['backlog'];
}

export function truthOfCluster(cluster: Cluster, incidentIds: readonly string[]): ClusterTruth {
  const { startMs, durationMs, ...others } = cluster;
  return {
    type: 'cluster',
    ...others,
    startAt: formatInstant(startMs),
    endAt: formatInstant(startMs + durationMs),
    incidentIds,
  };
}

export function truthOfOutage({ feed, startMs, durationMs, backlog }: Outage): OutageTruth {
  return {
    type: 'outage',
    ...feed,
    startAt: formatInstant(startMs),
    endAt: formatInstant(startMs + durationMs),
    backlog,
  };
}

/** Appends to a file, one JSON object a line; each line is there before anything of it is published. */
export function truthFile(path: string): (truth: Truth) => void {
  mkdirSync(dirname(path), { recursive: true });
  return (truth) => {
    appendFileSync(path, `${JSON.stringify(truth)}\n`);
  };
}
