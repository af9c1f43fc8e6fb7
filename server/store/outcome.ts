/** What becomes of a message that is to be stored. */
import type { Superseded } from '../../shared/announcement.ts';

/** What became of one message; `redelivered` was committed by an earlier attempt and changes nothing. */
export type Outcome =
  | { kind: 'stored'; batch: number; superseded?: Superseded }
  /** An older revision that arrived late: kept as history, it changes no count. */
  | { kind: 'history' }
  | { kind: 'duplicate' }
  | { kind: 'conflict' }
  | { kind: 'redelivered' };
