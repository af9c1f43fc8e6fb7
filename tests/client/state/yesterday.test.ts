/** Yesterday is a local day, and several forces' hit rates count by their incidents. */
import { expect, it } from 'vitest';
import { pooled, yesterdaysQuestion } from '../../../client/state/yesterday.ts';
import type { Scorecard } from '../../../shared/scorecard.ts';
import { TimeZone } from '../../../shared/time.ts';

const LONDON = new TimeZone('Europe/London');

it('asks for the local day before, also where clocks changed', () => {
  const question = yesterdaysQuestion(
    { theme: 'all', horizonHours: 8 },
    'kent',
    Date.parse('2026-03-30T09:00:00Z'),
    LONDON,
  );
  expect(question).toBe(
    '/api/scorecard?force=kent&theme=all&horizonHours=8&stage=closed&from=2026-03-29T00:00:00.000Z&to=2026-03-29T23:00:00.000Z',
  );
});

const scorecard = (incidents: number, model: number | null, naiveMap: number | null): Scorecard => {
  const map = (hitRate: number | null) => ({ byAreaShare: [{ share: 0.01, hitRate }] });
  return { total: { incidents, model: map(model), naiveMap: map(naiveMap) } } as Scorecard;
};

it('pools the forces that were scored', () => {
  expect(pooled([scorecard(300, 0.2, 0.1), scorecard(100, 0.4, 0.3), scorecard(0, null, null)])).toEqual({
    model: expect.closeTo(0.25) as number,
    naiveMap: expect.closeTo(0.15) as number,
    incidents: 400,
  });
});

it('has nothing to say where nothing was scored', () => {
  expect(pooled([])).toBeNull();
  expect(pooled([scorecard(0, null, null)])).toBeNull();
});
