/** What LIVE is told of a forecast: coarse cells are the sums of fine ones, and no message is too large. */
import { cellToChildren } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { CELL_RESOLUTION, cellAt, coarseCell } from '../../../shared/cell.ts';
import { CoarseCells } from '../../../server/hotspots/coarse-cells.ts';
import {
  rankedAnnouncements,
  unavailableAnnouncement,
  type RankedForecast,
} from '../../../server/hotspots/ranked-announcements.ts';
import { rankHotspots } from '../../../server/hotspots/rank.ts';
import { MAX_PAYLOAD_BYTES } from '../../../server/live/live-stream.ts';

const SUBJECT = { at: '2026-03-01T12:00:00.000Z', force: 'kent', theme: 'all', horizonHours: 8 } as const;
const window = { from: '2026-03-01T12:00:00.000Z', to: '2026-03-01T20:00:00.000Z' };

function announce(cells: readonly string[], expected: readonly number[], more: Partial<RankedForecast> = {}) {
  return rankedAnnouncements({
    ...SUBJECT,
    forecast: { window, modelId: 'model', knowsHours: true, cells, expected: Float32Array.from(expected) },
    ranked: rankHotspots(cells, expected),
    moved: [],
    dispersion: 0,
    observed: new Map(),
    observedFinely: (cell) => more.observed?.get(cell) ?? 0,
    coarseCells: new CoarseCells(),
    ...more,
  });
}

const SPREAD_OF_TWO = { lower: 0, upper: 4, lower95: 0, upper95: 5, chanceOfAny: 0.8647 };

/** Both 49 fine cells of two coarse ones. */
const [home, away] = [cellAt(51.5, -0.12), cellAt(51.6, -0.3)].map(coarseCell);
const fine = [home, away].flatMap((cell) => cellToChildren(cell ?? '', CELL_RESOLUTION));

describe('a ranking’s announcement', () => {
  it('has the hotspots with their interval and what was observed', () => {
    const expected = fine.map((_, index) => (index === 3 ? 2 : 0.25));
    const [told] = announce(fine, expected, {
      observed: new Map(fine.map((cell) => [cell, cell === fine[3] ? 4 : 1])),
    });
    expect(told).toMatchObject({ ...SUBJECT, window, modelId: 'model', unavailable: null, areaCells: 98 });
    expect(told?.hotspots).toEqual([
      // A Poisson count's, since nothing is dispersed here.
      { ...{ rank: 1, cell: fine[3], expected: 2, observed: 4 }, ...SPREAD_OF_TWO },
    ]);
  });

  it('says where no hour of any incident is known', () => {
    expect(announce(fine, [1])[0]).not.toHaveProperty('hoursUnknown');
    const forecast = {
      window,
      modelId: 'model',
      knowsHours: false,
      cells: fine,
      expected: Float32Array.of(1),
    };
    expect(announce(fine, [1], { forecast })[0]).toHaveProperty('hoursUnknown', true);
  });

  it('tells in fine cells only what may be placed so finely, in coarse ones everything', () => {
    const [told] = announce(
      fine,
      fine.map(() => 0.5),
      { observed: new Map(fine.map((cell) => [cell, 3])), observedFinely: () => 1 },
    );
    expect(told?.hotspots.map(({ observed }) => observed)).toEqual([1]);
    expect(told?.coarse.hotspots.map(({ observed }) => observed)).toEqual([147]);
  });

  it('has coarse hotspots that sum up the fine cells within', () => {
    const expected = fine.map((_, index) => (index < 49 ? 0.5 : 0.25));
    const [told] = announce(fine, expected, {
      observed: new Map(fine.slice(0, 2).map((cell) => [cell, 2])),
    });
    expect(told?.coarse).toEqual({
      areaCells: 2,
      hotspots: [
        {
          ...{ rank: 1, cell: home, expected: 24.5, observed: 4 },
          ...{ lower: 18, upper: 31, lower95: 15, upper95: 35, chanceOfAny: 1 },
        },
      ],
    });
  });

  it('leaves out cells that were added after the forecast was made', () => {
    const [told] = announce(fine, [1, 2]);
    expect(told?.areaCells).toBe(2);
    expect(told?.hotspots.map(({ cell }) => cell)).toEqual([fine[1]]);
  });

  it('is split where too many cells moved, and every part fits into a message', () => {
    const many = Array.from({ length: 15_000 }, (_, index): [string, number] => [
      `89194ad${index.toString(16).padStart(8, '0')}`,
      1.234e-6 * (1 + index / 1e5),
    ]);
    const values = many.map(([, value]) => value);
    const parts = announce(
      many.map(([cell]) => cell),
      values,
      {
        moved: many.map(([cell, value]) => [cell, Number(value.toPrecision(4))]),
        observed: new Map(many.map(([cell]) => [cell, 1_000])),
      },
    );
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flatMap(({ moved }) => moved).map(([cell]) => cell)).toEqual(many.map(([cell]) => cell));
    for (const part of parts) {
      expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(MAX_PAYLOAD_BYTES);
      expect(part.hotspots).toHaveLength(50);
    }
  });
});

describe('where there is no model', () => {
  it('the announcement says why, and ranks nothing', () => {
    expect(unavailableAnnouncement(SUBJECT, 'there is no model', Date.parse(window.from))).toEqual({
      type: 'hotspots.ranked',
      ...SUBJECT,
      window,
      modelId: null,
      unavailable: 'there is no model',
      areaCells: 0,
      hotspots: [],
      coarse: { areaCells: 0, hotspots: [] },
      moved: [],
    });
  });
});
