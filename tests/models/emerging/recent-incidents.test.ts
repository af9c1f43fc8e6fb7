/** Counting in all windows at once gives what counting each by itself would, as time passes and incidents are taken back. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RecentIncidents } from '../../../models/emerging/recent-incidents.ts';
import { WINDOW_COUNT, WINDOW_MINUTES } from '../../../models/emerging/scan-windows.ts';
import { MINUTE_MS } from '../../../shared/time.ts';

const START_MS = Date.UTC(2026, 2, 6);

const step = fc.record({
  cell: fc.integer({ min: 0, max: 5 }),
  passed: fc.integer({ min: 0, max: 400 }),
  late: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2_000 })),
  takesBack: fc.boolean(),
});

it('counts what was added and not taken back, by cell and in all', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const recent = new RecentIncidents();
      const kept: { cell: number; atMs: number }[] = [];
      let nowMs = START_MS;
      for (const { cell, passed, late, takesBack } of steps) {
        nowMs += passed * MINUTE_MS;
        const one = { cell, atMs: nowMs - late * MINUTE_MS };
        recent.add(cell, one.atMs, nowMs);
        kept.push(one);
        if (takesBack) {
          const [old] = kept.splice(Math.floor(kept.length / 2), 1);
          if (old !== undefined) recent.remove(old.cell, old.atMs, nowMs);
        }
        const expected = (of: typeof kept): number[] =>
          WINDOW_MINUTES.map((minutes) => of.filter(({ atMs }) => nowMs - atMs < minutes * MINUTE_MS).length);
        const all = new Float64Array(WINDOW_COUNT);
        recent.countAll(all, nowMs);
        expect([...all]).toEqual(expected(kept));
        for (let index = 0; index <= 5; index++) {
          const counts = new Float64Array(WINDOW_COUNT);
          recent.countInto(counts, 0, index, nowMs);
          expect([...counts]).toEqual(expected(kept.filter((other) => other.cell === index)));
        }
      }
      expect(recent.list(nowMs)).toHaveLength(
        kept.filter(({ atMs }) => nowMs - atMs < 1_440 * MINUTE_MS).length,
      );
    }),
  );
});
