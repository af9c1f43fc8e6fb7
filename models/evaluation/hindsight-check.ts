/** Catches a forecast that knows its own outcome: it fits the window it is for far better than one made a week before. */
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';
import type { Horizon } from '../forecast-windows.ts';
import { interval95, type BlockSums, type Resamples } from './bootstrap.ts';
import { LeakageFound } from './leakage-found.ts';
import type { Outcome } from './scores.ts';

/**
 * Nats per incident. A week's news are worth 0.005 where places are forecast a day ahead, and ten times that where
 * bursts are forecast by the hour; knowing one incident in four in advance is worth more than this.
 */
const MOST_A_WEEK_IS_WORTH = 0.25;
const FEWEST_INCIDENTS = 100;
const FEWEST_BLOCKS = 14;

/** Of one method. */
export class HindsightCheck {
  readonly #method: string;
  readonly #lag: number;
  /** Per block: Σ n log(forecast ÷ the one before), Σ n. */
  readonly #sums: BlockSums;
  /** The forecasts since, relative to their mean; the oldest first. */
  readonly #earlier: Float32Array[] = [];

  constructor(method: string, horizon: Horizon, blocks: number) {
    this.#method = method;
    this.#lag = 'months' in horizon ? 1 : Math.max(1, Math.round((7 * DAY_MS) / (horizon.hours * HOUR_MS)));
    this.#sums = Array.from({ length: blocks }, () => new Float64Array(2));
  }

  /** Windows come in time order. */
  add(expected: Float32Array, { block, observed }: Outcome): void {
    const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;
    const now = expected.map((value) => value / mean);
    this.#earlier.push(now);
    if (this.#earlier.length <= this.#lag) return;
    const before = this.#earlier.shift();
    const sums = this.#sums[block];
    if (before === undefined || sums === undefined) return;
    observed.forEach((count, cell) => {
      // Where either thought it impossible there is nothing to compare.
      const [later, earlier] = [now[cell] ?? 0, before[cell] ?? 0];
      if (count === 0 || later === 0 || earlier === 0) return;
      sums[0] = (sums[0] ?? 0) + count * Math.log(later / earlier);
      sums[1] = (sums[1] ?? 0) + count;
    });
  }

  /** Throws `LeakageFound` where a week's news were worth more than they can be, beyond chance. */
  check(resamples: Resamples): void {
    const incidents = this.#sums.reduce((sum, block) => sum + (block[1] ?? 0), 0);
    if (incidents < FEWEST_INCIDENTS || this.#sums.length < FEWEST_BLOCKS) return;
    const { gain } = resamples.measure(this.#sums, ([gained = 0, count = 0]) => ({ gain: gained / count }));
    const [low] = interval95(gain);
    if (low <= MOST_A_WEEK_IS_WORTH) return;
    throw new LeakageFound(
      `the ${this.#method} fits each window ${gain.value.toFixed(2)} nats per incident better than its own forecast of a week ` +
        'before does: it knows what it was to forecast',
    );
  }
}
