/** All that is counted of one method, whichever it is. */
import type { Resamples } from './bootstrap.ts';
import { calibrationSlope, ExpectationBins } from './expectation-bins.ts';
import type { Figures } from './reported-scores.ts';
import { scoreFigures, Scorer, type Outcome, type ScoringGround } from './scores.ts';

export class MethodScorer {
  readonly expectations: ExpectationBins;
  readonly #scorer: Scorer;

  constructor(ground: ScoringGround, blocks: number) {
    this.#scorer = new Scorer(ground, blocks);
    this.expectations = new ExpectationBins(blocks);
  }

  /** One window; `expected` has an entry per cell. */
  add(expected: ArrayLike<number>, outcome: Outcome): void {
    this.#scorer.add(expected, outcome);
    this.expectations.add(outcome.block, expected, outcome.observed);
  }

  figures(resamples: Resamples): Figures {
    return {
      ...resamples.measure(this.#scorer.sums, scoreFigures),
      ...resamples.measure(this.expectations.sums, (total) => ({ slope: calibrationSlope(total) })),
    };
  }
}
