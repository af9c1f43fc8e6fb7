/** A screen of one area shows what lies in it, and no figure of the whole force beside it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { FeedClock } from '../../../client/state/feed-clock.ts';
import { LiveView } from '../../../client/state/live-view.svelte.ts';
import { narrowedTo } from '../../../client/state/narrowed-view.svelte.ts';
import { Picture } from '../../../client/state/picture.ts';
import { COUNT_STEP_MS } from '../../../shared/messages.ts';
import { cellCentre } from '../../../shared/cell.ts';
import { CITY_CELL, incident, NOON, OTHER_CELL, ranking, snapshot } from '../frames.ts';
import { VirtualTimers } from '../virtual-timers.ts';

const STEP = NOON / COUNT_STEP_MS;
const [lat, lon] = cellCentre(CITY_CELL);
const AROUND = { kind: 'circle', lat, lon, radiusMetres: 500 } as const;

describe('a narrowed view', () => {
  let picture: Picture;
  let view: LiveView;

  beforeEach(() => {
    const timers = new VirtualTimers();
    const clock = new FeedClock(() => timers.now());
    picture = new Picture(clock);
    view = new LiveView(picture, clock, timers, () => ({ heatHours: null, heatWeight: 'even' }));
    clock.sync(NOON, 1);
  });

  function show(change: Parameters<typeof snapshot>[0]): void {
    picture.applySnapshot(snapshot(change), 'first');
    view.connected('live');
    view.changed('picture');
  }

  it('holds the counts, hotspots and incidents inside, and follows what changes', () => {
    const narrowed = narrowedTo(view, AROUND);
    show({
      counts: [
        { theme: 'all', cell: CITY_CELL, steps: [[STEP, 3]] },
        { theme: 'all', cell: OTHER_CELL, steps: [[STEP, 40]] },
      ],
      hotspots: [
        ranking({
          hotspots: [OTHER_CELL, CITY_CELL].map((cell, index) => ({
            ...{ rank: index + 1, cell, expected: 2 - index, lower: 0, upper: 3, observed: 1 },
          })),
        }),
      ],
      incidents: [incident({ id: 'out', cell: OTHER_CELL }), incident({ id: 'in' })],
    });
    expect([...narrowed.heat]).toEqual([[CITY_CELL, 3]]);
    // Their ranks stay those of the force.
    expect(narrowed.hotspots.map(({ rank, cell }) => [rank, cell])).toEqual([[2, CITY_CELL]]);
    expect(narrowed.incidents.map(({ id }) => id)).toEqual(['in']);
    expect(narrowed.connection).toBe('live');
    show({ counts: [{ theme: 'all', cell: CITY_CELL, steps: [[STEP, 5]] }] });
    expect([...narrowed.heat]).toEqual([[CITY_CELL, 5]]);
  });

  it('says how many are counted in it and not listed, so that a crowd elsewhere does not make it look silent', () => {
    const narrowed = narrowedTo(view, AROUND);
    show({
      counts: [{ theme: 'all', cell: CITY_CELL, steps: [[STEP, 3]] }],
      incidents: Array.from({ length: 200 }, (_, n) => incident({ id: `o${n}`, cell: OTHER_CELL })),
    });
    expect([narrowed.incidents.length, narrowed.unlisted]).toEqual([0, 3]);
  });

  it('lists what lies in it even where a hundred others are newer', () => {
    const narrowed = narrowedTo(view, AROUND);
    const others = Array.from({ length: 200 }, (_, n) => incident({ id: `o${n}`, cell: OTHER_CELL }));
    show({ incidents: [...others, incident({ id: 'in' })] });
    expect(narrowed.incidents.map(({ id }) => id)).toEqual(['in']);
  });

  it('is fitted to its area, and its methods act on the whole', () => {
    const narrowed = narrowedTo(view, AROUND);
    show({});
    expect(narrowed.area.centre).toEqual([lat, lon]);
    expect(narrowed.area.south < lat && narrowed.area.north > lat).toBe(true);
    narrowed.connected('stale');
    expect(view.connection).toBe('stale');
  });
});
