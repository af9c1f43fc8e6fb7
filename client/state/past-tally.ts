/**
 * What happened before the last day, per cell and hour: asked for over HTTP, and kept true by deltas until it is asked
 * for again. Live counts take over where it ends, so that nothing counts twice and nothing is left out between them.
 */
import type { Cell } from '../../shared/cell.ts';
import { COUNT_STEP_MS } from '../../shared/messages.ts';
import type { PastCounts } from '../../shared/past-counts.ts';
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';
import type { Force } from '../../shared/force.ts';
import type { Theme } from '../../shared/theme.ts';
import { CellCounts, type StepFactors } from './cell-counts.ts';

const STEPS_PER_HOUR = HOUR_MS / COUNT_STEP_MS;

/** Whose past it is. */
export interface PastOf {
  theme: Theme;
  force: Force | null;
}

export interface PastQuestion extends PastOf {
  /** Whole hours, epoch milliseconds. */
  fromMs: number;
  toMs: number;
  /** How many deltas had told of the past when it was asked. */
  told: number;
}

interface Correction {
  cell: Cell;
  hour: number;
  change: number;
  harm: number;
}

export class PastTally {
  readonly #counts = new CellCounts();
  /** Those that the last answer may not have, oldest first; the first is number `#dropped`. */
  #corrections: Correction[] = [];
  #dropped = 0;
  #known: PastQuestion | undefined;
  #asked: PastQuestion | undefined;
  #isDoubtful = false;

  /** Where live counts begin, epoch milliseconds; undefined where nothing is known of the past of these. */
  untilMs(of: PastOf): number | undefined {
    return this.#isOf(of) ? this.#known?.toMs : undefined;
  }

  /** A new picture: what was told since the last one is not known. */
  doubt(): void {
    this.#isDoubtful = true;
  }

  /** The question that would make the past of a window of `hours` true, or undefined where it is. */
  question(of: PastOf, nowMs: number, hours: number): PastQuestion | undefined {
    // The first whole hour of the last day: from there on live counts know all.
    const toMs = Math.ceil((nowMs - DAY_MS) / HOUR_MS) * HOUR_MS;
    const fromMs = Math.floor((nowMs - hours * HOUR_MS) / HOUR_MS) * HOUR_MS;
    const isTrue =
      this.#isOf(of) && this.#known?.toMs === toMs && !this.#isDoubtful && this.#corrections.length === 0;
    return isTrue ? undefined : { ...of, fromMs, toMs, told: this.#dropped + this.#corrections.length };
  }

  /** It is being asked: what deltas tell from now on of hours before its end the answer may not have. */
  asked(question: PastQuestion): void {
    this.#asked = question;
    this.#isDoubtful = false;
  }

  /** A delta told of something: of the past or not. */
  add(cell: Cell, step: number, change: number, harm: number): void {
    const hour = Math.floor(step / STEPS_PER_HOUR);
    const isPast = this.#known !== undefined && hour * HOUR_MS < this.#known.toMs;
    const isAsked = this.#asked !== undefined && hour * HOUR_MS < this.#asked.toMs;
    if (isPast || isAsked) this.#corrections.push({ cell, hour, change, harm });
    if (isPast) this.#counts.add(cell, hour, change, harm);
  }

  /** The answer to `question`; false where it is void, since another was asked later or another theme is shown. */
  load(question: PastQuestion, { cells }: PastCounts): boolean {
    if (question !== this.#asked) return false;
    this.#known = question;
    this.#counts.clear();
    for (const { cell, hours } of cells)
      for (const [hour, count, harm] of hours) this.#counts.add(cell, hour, count, harm);
    // An incident is stored before it is told of: what had been told by then is in the answer.
    this.#corrections.splice(0, question.told - this.#dropped);
    this.#dropped = question.told;
    for (const { cell, hour, change, harm } of this.#corrections) {
      if (hour * HOUR_MS < question.toMs) this.#counts.add(cell, hour, change, harm);
    }
    return true;
  }

  /** Adds what each cell weighs to `weights`; `factorOf` is of an hour's middle, epoch milliseconds. */
  weigh(
    fromMs: number,
    of: StepFactors['of'],
    factorOf: (atMs: number) => number,
    weights: Map<Cell, number>,
  ): void {
    if (this.#known === undefined) return;
    const from = Math.floor(fromMs / HOUR_MS);
    const hours = Math.max(0, this.#known.toMs / HOUR_MS - from);
    const factors = Float64Array.from({ length: hours }, (_, i) => factorOf((from + i + 0.5) * HOUR_MS));
    this.#counts.weigh({ from, factors, of }, weights);
  }

  /** Another theme or force than before: nothing is known of its past. */
  forget(): void {
    this.#counts.clear();
    this.#known = this.#asked = undefined;
    this.#dropped += this.#corrections.length;
    this.#corrections = [];
  }

  #isOf({ theme, force }: PastOf): boolean {
    return this.#known?.theme === theme && this.#known.force === force;
  }
}

export function pastPath({ theme, force, fromMs, toMs }: PastQuestion): string {
  const query = new URLSearchParams({
    theme,
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    ...(force !== null && { force }),
  });
  return `/api/counts?${query.toString()}`;
}
