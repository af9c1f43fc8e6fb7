/** The JetStream streams that all roles meet on, made or brought up to date at each start. */
import {
  DiscardPolicy,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { DAY_MS, MINUTE_MS } from '../../shared/time.ts';
import { ANNOUNCEMENT_SUBJECTS, INCIDENT_SUBJECTS, PATROL_SUBJECTS, REJECTED_SUBJECTS } from './subjects.ts';

export const INCIDENTS = 'INCIDENTS';
export const PATROLS = 'PATROLS';
export const REJECTED = 'REJECTED';
export const LIVE = 'LIVE';

type Stream = Partial<StreamConfig> & { name: string };

const STREAMS: readonly Stream[] = [
  {
    name: INCIDENTS,
    subjects: INCIDENT_SUBJECTS,
    storage: StorageType.File,
    retention: RetentionPolicy.Workqueue,
    // A full queue must tell the sender, who still has the message; dropping the oldest would tell nobody.
    discard: DiscardPolicy.New,
    max_age: 0,
    duplicate_window: nanos(2 * MINUTE_MS),
  },
  {
    name: PATROLS,
    subjects: [PATROL_SUBJECTS],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    // Where each unit was is kept no longer than it takes to count the minutes.
    max_age: nanos(DAY_MS),
  },
  {
    name: REJECTED,
    subjects: [REJECTED_SUBJECTS],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: nanos(30 * DAY_MS),
  },
  {
    name: LIVE,
    subjects: ANNOUNCEMENT_SUBJECTS,
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: nanos(DAY_MS),
    // 256 kB of payload; JetStream counts the headers too.
    max_msg_size: 256_000 + 1_024,
    // An outbox row that is announced again after a crash within it is known for a repeat.
    duplicate_window: nanos(10 * MINUTE_MS),
  },
];

const NAME_IN_USE = 10_058;

export interface StreamLimits {
  /**
   * How many incidents may wait in INCIDENTS; by default as many as the server has room for. Not counted in
   * bytes: at such a limit nats-server 2.9 drops the oldest messages although it is told to refuse new ones.
   */
  incidentsMaxMessages?: number;
}

/** Any number of processes may do this at once. Throws `JetStreamApiError` where the server refuses. */
export async function ensureStreams(manager: JetStreamManager, limits: StreamLimits = {}): Promise<void> {
  const { incidentsMaxMessages } = limits;
  for (const stream of STREAMS) {
    const isBounded = stream.name === INCIDENTS && incidentsMaxMessages !== undefined;
    await ensure(manager, isBounded ? { ...stream, max_msgs: incidentsMaxMessages } : stream);
  }
}

async function ensure(manager: JetStreamManager, stream: Stream): Promise<void> {
  try {
    await manager.streams.add(stream);
  } catch (cause) {
    if (!(cause instanceof JetStreamApiError) || cause.code !== NAME_IN_USE) throw cause;
    // Made by an older version, or limited by whoever runs the server: their limits stay.
    await manager.streams.update(stream.name, stream);
  }
}
