/** Arrivals never flash, however many come. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PulsePace } from '../../../client/map/pulse-pace.ts';

const REACH = 70;

it('lets no more than three rings start within any second at one place, at fifty arrivals a second', () => {
  const pace = new PulsePace();
  const starts = Array.from({ length: 500 }, (_, i) => i * 20).filter((ms) =>
    pace.admits(400, 300, ms, REACH),
  );
  const most = Math.max(
    ...starts.map((start) => starts.filter((ms) => ms >= start && ms < start + 1_000).length),
  );
  expect(most).toBe(3);
  expect(starts.length).toBeGreaterThan(25);
});

it('never shows more than three a second within reach of one another, wherever they come', () => {
  const arrival = fc.record({
    x: fc.integer({ min: 0, max: 300 }),
    y: fc.integer({ min: 0, max: 300 }),
    gap: fc.integer({ min: 0, max: 400 }),
  });
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 60 }), (arrivals) => {
      const pace = new PulsePace();
      let now = 0;
      const shown = arrivals.flatMap(({ x, y, gap }) => {
        now += gap;
        return pace.admits(x, y, now, REACH) ? [{ x, y, at: now }] : [];
      });
      for (const last of shown) {
        const seen = shown.filter(
          ({ x, y, at }) =>
            at > last.at - 1_000 && at <= last.at && Math.hypot(x - last.x, y - last.y) < REACH,
        );
        // Those that came after it in the same moment may fill up to three as well, never more.
        expect(seen.indexOf(last)).toBeLessThan(3);
      }
    }),
  );
});

it('does not hold up what comes far away', () => {
  const pace = new PulsePace();
  const here = [0, 1, 2, 3].map((ms) => pace.admits(0, 0, ms, REACH));
  expect(here).toEqual([true, true, true, false]);
  expect(pace.admits(200, 0, 4, REACH)).toBe(true);
  expect(pace.admits(0, 0, 1_004, REACH)).toBe(true);
});
