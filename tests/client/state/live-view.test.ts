/** What views read: refreshed at a bounded pace, honest about its age. */
import { beforeEach, describe, expect, it } from 'vitest';
import { NOWHERE_YET } from '../../../client/state/area.ts';
import { FeedClock } from '../../../client/state/feed-clock.ts';
import { LiveView } from '../../../client/state/live-view.svelte.ts';
import { Picture } from '../../../client/state/picture.ts';
import { cellAt } from '../../../shared/cell.ts';
import type { FeedState } from '../../../shared/feed.ts';
import { COUNT_STEP_MS, type CellCounts } from '../../../shared/messages.ts';
import { feed, incident, NOON, ranking, snapshot, stored } from '../frames.ts';
import { VirtualTimers } from '../virtual-timers.ts';

const STEP = NOON / COUNT_STEP_MS;

function countsAround(latitude: number, longitude: number): CellCounts[] {
  return Array.from({ length: 50 }, (_, n) => ({
    theme: 'all' as const,
    cell: cellAt(latitude + (n % 7) * 0.004, longitude + (n % 5) * 0.006),
    steps: [[STEP, 1]] as [number, number][],
  }));
}

describe('the live view', () => {
  let timers: VirtualTimers;
  let picture: Picture;
  let view: LiveView;

  beforeEach(() => {
    timers = new VirtualTimers();
    const clock = new FeedClock(() => timers.now());
    picture = new Picture(clock);
    view = new LiveView(picture, clock, timers, () => ({ heatHours: null, heatWeight: 'even' }));
    clock.sync(NOON, 1);
  });

  function show(change: Parameters<typeof snapshot>[0] = {}): void {
    picture.applySnapshot(snapshot(change), 'first');
    view.connected('live');
    view.changed('picture');
  }

  it('shows a new picture at once, and a thousand deltas four times a second', () => {
    show();
    let shown = 0;
    let last = view.incidents;
    for (let n = 0; n < 1_000; n++) {
      const receivedAt = new Date(NOON + n).toISOString();
      picture.applyStored(stored(11 + n, { incident: incident({ id: `i${n}`, receivedAt }) }));
      view.changed('delta');
      timers.pass(1);
      if (view.incidents !== last) shown += 1;
      last = view.incidents;
    }
    expect(shown).toBeGreaterThanOrEqual(4);
    expect(shown).toBeLessThanOrEqual(5);
    timers.pass(300);
    expect(view.incidents[0]?.id).toBe('i999');
  });

  it('counts the age of the picture up, and freezes its time, while there is no connection', () => {
    show();
    timers.pass(4_000);
    const before = view.nowMs;
    view.connected('stale');
    timers.pass(42_000);
    expect(view.unheardSeconds).toBe(46);
    expect(view.nowMs).toBe(before);
    // A word that brings no picture makes it no younger.
    view.heard();
    timers.pass(1_000);
    expect(view.unheardSeconds).toBe(47);
    view.connected('live');
    timers.pass(1_000);
    expect(view.unheardSeconds).toBe(1);
    expect(view.nowMs).toBe(NOON + 48_000);
  });

  it('lets the heat fade in a quiet hour that brings no delta', () => {
    show({ counts: countsAround(51.5, -0.1), horizonHours: 1 });
    expect(view.heat.size).toBeGreaterThan(0);
    timers.pass(2 * 3_600_000);
    expect(view.heat.size).toBe(0);
  });

  it('tells of months where no hour is known, goes to where they lie, and of hours once one is', () => {
    const cells = countsAround(53.4, -2.95).map(({ cell }): [string, number] => [cell, 9]);
    const period = { theme: 'all', force: 'merseyside', period: '2026-05', origins: [], cells } as const;
    show({ periods: [{ ...period, origins: ['recorded'], cells }] });
    expect(view.timed).toBe(false);
    expect(view.periods).toMatchObject([{ kind: 'month', last: '2026-05' }]);
    expect(view.heat.size).toBe(0);
    expect(view.area.centre[1]).toBeCloseTo(-2.94, 1);
    picture.applyStored(stored(11, { incident: incident() }));
    view.changed('delta');
    timers.pass(3_000);
    expect(view.timed).toBe(true);
    expect(view.periods).toHaveLength(1);
    show();
    expect([view.timed, view.periods]).toEqual([true, []]);
  });

  it('does not have hotspots drawn again that did not change', () => {
    show({ hotspots: [ranking()] });
    const { hotspots } = view;
    picture.applyStored(stored(11, { incident: incident() }));
    view.changed('delta');
    timers.pass(1_000);
    expect(view.hotspots).toBe(hotspots);
  });

  it('says why no forecast is shown, and shows no hotspot of that force', () => {
    show({ hotspots: [ranking({ unavailable: 'the model does not load', modelId: null, hotspots: [] })] });
    expect(view.hotspots).toEqual([]);
    expect(view.unavailable).toEqual([{ force: 'metropolitan', reason: 'the model does not load' }]);
  });

  it('stays where it is while the data waver, and follows them to another city', () => {
    show({ counts: countsAround(51.5, -0.1) });
    const london = view.area;
    show({ counts: countsAround(51.505, -0.11) });
    expect(view.area).toBe(london);
    show({ counts: countsAround(38.6, -90.2) });
    expect(view.area.centre[1]).toBeCloseTo(-90.19, 1);
  });

  const late = (hours: number): FeedState => ({
    ...feed(),
    condition: 'late',
    lastOccurredAt: new Date(NOON - hours * 3_600_000).toISOString(),
  });

  it('knows that a past is still arriving, and looks where the data lie once more when it has', () => {
    show({ counts: countsAround(51.5, -0.1).slice(0, 2), feeds: [late(5)] });
    expect(view.told).toEqual({ kind: 'arriving', untilMs: NOON - 5 * 3_600_000 });
    const first = view.area;
    show({ counts: countsAround(51.51, -0.11), feeds: [late(3)] });
    expect(view.area).toBe(first);
    const city = countsAround(51.49, -0.12);
    show({ counts: city, feeds: [feed()] });
    expect(view.told).toEqual({ kind: 'now' });
    expect(view.area).not.toBe(first);
    const whole = view.area;
    // From then on it stays.
    show({ counts: countsAround(51.505, -0.11), feeds: [late(2)] });
    show({ counts: countsAround(51.505, -0.11), feeds: [feed()] });
    expect(view.area).toBe(whole);
  });

  it('goes nowhere by forecasts of a past of which the window has not been told yet', () => {
    show({ hotspots: [ranking()], feeds: [late(40)] });
    expect(view.hotspots).toHaveLength(1);
    expect(view.area).toBe(NOWHERE_YET);
    show({ hotspots: [ranking()], feeds: [feed()] });
    expect(view.area).not.toBe(NOWHERE_YET);
  });

  it('leaves no timer behind', () => {
    show();
    view.changed('delta');
    view.stop();
    expect(timers.pending).toBe(0);
  });
});
