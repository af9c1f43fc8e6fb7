/** Brings the forecaster's state back: from its checkpoint, or from every incident the database knows. */
import type { TimeZone } from '../../shared/time.ts';
import { SeenBatches } from '../live/seen-batches.ts';
import { CLOCKS_APART_MS, type LiveStream } from '../live/live-stream.ts';
import type { Database } from '../store/database.ts';
import { loadCheckpoints, type Checkpoint } from '../store/checkpoint-store.ts';
import { foldKnownIncidents } from '../store/known-incidents.ts';
import { HistoryUnreadable } from '../../models/features/history-encoding.ts';
import { ForecastMemory } from './memory.ts';
import type { IncidentChange } from '../../shared/announcement.ts';

export interface Recalled {
  memory: ForecastMemory;
  epoch: string;
  /** Everything in LIVE up to here is counted. */
  seq: number;
  /** The parts that others keep in the checkpoint; empty after a rebuild. */
  parts: readonly Checkpoint[];
}

export interface RecallOptions {
  database: Database;
  live: LiveStream;
  timeZone: TimeZone;
  /** Told of each change while the state is rebuilt from the database. */
  onChange: (change: IncidentChange) => void;
}

export async function recall({ database, live, timeZone, onChange }: RecallOptions): Promise<Recalled> {
  const { epoch, firstSeq, lastSeq } = await live.position();
  const saved = await loadCheckpoints(database);
  if (saved?.epoch === epoch && saved.seq >= firstSeq - 1 && saved.seq <= lastSeq) {
    const memory = readable(saved.parts, timeZone);
    if (memory !== undefined) return { memory, epoch, seq: saved.seq, parts: saved.parts };
  }
  const seen = new SeenBatches();
  const memory = new ForecastMemory(timeZone, seen);
  const all = { receivedMs: -Infinity, untimedMs: -Infinity };
  const { announced, unannouncedSinceMs } = await foldKnownIncidents(database, all, (incident) => {
    memory.count({ incident });
    onChange({ incident });
  });
  for (const batch of announced) seen.addBatch(batch);
  // Far enough back to meet the announcement of every batch that the fold has left out.
  const seq =
    unannouncedSinceMs === undefined
      ? lastSeq
      : Math.min(lastSeq, await live.seqBefore(unannouncedSinceMs - CLOCKS_APART_MS));
  return { memory, epoch, seq: Math.max(firstSeq - 1, seq, 0), parts: [] };
}

/** `undefined` for the checkpoint of another version, of other themes or of another time zone: then all is counted anew. */
function readable(parts: readonly Checkpoint[], timeZone: TimeZone): ForecastMemory | undefined {
  try {
    return ForecastMemory.decode(parts, timeZone);
  } catch (error) {
    if (error instanceof HistoryUnreadable) return undefined;
    throw error;
  }
}
