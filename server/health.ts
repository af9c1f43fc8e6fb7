/** What each stage says of itself: whether it works, and if not, why and since when. */
import type { Clock } from './clock.ts';
import { formatInstant } from '../shared/time.ts';

export interface StageHealth {
  stage: string;
  ok: boolean;
  /** One line; empty while all is well. */
  problem: string;
  since: string;
  /** What somebody should know of although it works, in one line. */
  notice?: string;
}

export class Health {
  readonly #stages = new Map<string, StageHealth>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  good(stage: string, notice = ''): void {
    this.#set(stage, true, '', notice);
  }

  bad(stage: string, error: unknown): void {
    const problem = error instanceof Error ? error.message || error.name : String(error);
    this.#set(stage, false, problem.split('\n')[0] ?? problem);
  }

  stages(): StageHealth[] {
    return [...this.#stages.values()];
  }

  get ready(): boolean {
    return this.#stages.size > 0 && this.stages().every(({ ok }) => ok);
  }

  #set(stage: string, ok: boolean, problem: string, notice = ''): void {
    const before = this.#stages.get(stage);
    if (before?.ok === ok && before.problem === problem && (before.notice ?? '') === notice) return;
    const since = before?.ok === ok ? before.since : formatInstant(this.#clock.now());
    this.#stages.set(stage, { stage, ok, problem, since, ...(notice !== '' && { notice }) });
  }
}
