/** Where a replay reads what was known: states, and what was announced after them. */
import type { ReplayChunk, ReplayState } from '../../shared/replay.ts';
import type { Answer } from './answer.ts';
import type { Subscription } from './picture-counts.ts';

/** A moment, or a place in LIVE. */
export type ReplayWhere = { atMs: number } | { epoch: string; seq: number };

/** `after` a place in LIVE, or what was announced from one moment to another; epoch milliseconds. */
export type ReplayStretch =
  | { after: { epoch: string; seq: number }; toMs: number | null; mergeSeconds: number }
  | { fromMs: number; toMs: number };

export interface ReplaySource {
  state(where: ReplayWhere, of: Subscription): Promise<Answer<ReplayState>>;
  announced(stretch: ReplayStretch, of: Subscription): Promise<Answer<ReplayChunk>>;
}
