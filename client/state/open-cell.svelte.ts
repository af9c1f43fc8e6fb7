/** The hexagon whose detail is open: what the server knows of it, asked again as its data change, and not too often. */
import type { CellDetail } from '../../shared/cell-detail.ts';
import type { Cell } from '../../shared/cell.ts';
import type { Explanation, Language } from '../../shared/explanation.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Theme } from '../../shared/theme.ts';
import type { Timers } from '../timers.ts';
import type { Answer } from './answer.ts';
import { throttle, type Throttled } from './throttle.ts';

/** What is wanted of it. */
export interface CellWanted {
  cell: Cell;
  /** Of the counts' window. */
  hours: number;
  theme: Theme;
  horizonHours: HorizonHours;
  language: Language;
}

/** What was last learnt; `fault` where the newest question had no answer, though an older answer may stand. */
export interface Learnt<Value> {
  value: Value | null;
  /** The server's reason, or null where it does not answer. */
  fault: { reason: string | null } | null;
}

export type Ask = <Value>(path: string, signal: AbortSignal) => Promise<Answer<Value>>;

const REFRESH_MS = 3_000;
const NOTHING: Learnt<never> = { value: null, fault: null };

export class OpenCell {
  detail = $state.raw<Learnt<CellDetail>>(NOTHING);
  /** Why the chosen theme and horizon are forecast so. */
  why = $state.raw<Learnt<Explanation>>(NOTHING);
  readonly #ask: Ask;
  /** The moment that is looked back at; null for now. */
  readonly #at: () => string | null;
  readonly #refreshSoon: Throttled;
  #wanted: CellWanted | undefined;
  #asking = new AbortController();
  #isAsking = false;
  #hasChanged = false;

  constructor(ask: Ask, timers: Timers, at: () => string | null = () => null) {
    this.#ask = ask;
    this.#at = at;
    this.#refreshSoon = throttle(timers, REFRESH_MS, () => {
      // A slow answer is worth waiting for: asked anew each time, none would ever come.
      if (this.#isAsking) this.#hasChanged = true;
      else void this.#refresh();
    });
  }

  /** Opens another one, or the same otherwise: at once. What no longer fits is not shown any more. */
  open(wanted: CellWanted): void {
    const before = this.#wanted;
    const isOther = before?.cell !== wanted.cell;
    if (isOther || before.hours !== wanted.hours) this.detail = NOTHING;
    if (isOther || before.theme !== wanted.theme || before.horizonHours !== wanted.horizonHours)
      this.why = NOTHING;
    this.#wanted = wanted;
    void this.#refresh();
  }

  /** Its data may have changed. */
  changed(): void {
    this.#refreshSoon();
  }

  close(): void {
    this.#refreshSoon.stop();
    this.#asking.abort();
    this.#wanted = undefined;
  }

  async #refresh(): Promise<void> {
    const wanted = this.#wanted;
    if (wanted === undefined) return;
    this.#asking.abort();
    const { signal } = (this.#asking = new AbortController());
    this.#isAsking = true;
    this.#hasChanged = false;
    await this.#askFor(wanted, signal);
    if (signal.aborted) return;
    this.#isAsking = false;
    this.#askAgain();
  }

  #askAgain(): void {
    if (this.#hasChanged) this.#refreshSoon();
  }

  async #askFor(wanted: CellWanted, signal: AbortSignal): Promise<void> {
    const isOver = (): boolean => signal.aborted;
    const { cell, hours, theme, horizonHours, language } = wanted;
    const instant = this.#at();
    const at = instant === null ? '' : `&at=${instant}`;
    const detail = await this.#ask<CellDetail>(`/api/cells/${cell}?hours=${hours}${at}`, signal);
    if (isOver()) return;
    this.detail = learnt(detail, this.detail);
    const forecast = this.detail.value?.forecasts.find(
      (one) => one.theme === theme && one.horizonHours === horizonHours,
    );
    if (forecast === undefined) return;
    if (forecast.unavailable !== null) {
      this.why = { value: null, fault: { reason: forecast.unavailable } };
      return;
    }
    const query = `cell=${forecast.cell}&theme=${theme}&horizonHours=${horizonHours}&lang=${language}${at}`;
    const why = await this.#ask<Explanation>(`/api/forecasts/explanation?${query}`, signal);
    if (!isOver()) this.why = learnt(why, this.why);
  }
}

/** While there is no connection the last answer stays, as the picture does; a refusal takes it away. */
function learnt<Value>(answer: Answer<Value>, before: Learnt<Value>): Learnt<Value> {
  if (answer.kind === 'answered') return { value: answer.value, fault: null };
  if (answer.kind === 'refused') return { value: null, fault: { reason: answer.reason } };
  return { ...before, fault: { reason: null } };
}
