/** The picture is what counts at one seq: incidents once, places as finely as a view may know them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarseCell } from '../../../shared/cell.ts';
import { isSensitive } from '../../../shared/category.ts';
import { harmOf } from '../../../shared/harm.ts';
import { FORCES_AND_UNASSIGNED } from '../../../shared/force.ts';
import { COUNT_STEP_MS } from '../../../shared/messages.ts';
import { THEMES, themesOf } from '../../../shared/theme.ts';
import { DAY_MS, formatInstant, TimeZone } from '../../../shared/time.ts';
import type { HotspotsRanked, IncidentChange, StoredIncident } from '../../../shared/announcement.ts';
import { LivePicture, type View } from '../../../server/gateway/live-picture.ts';
import { periodTallyOf, tallyOf, type Tally } from '../../support/shown-counts.ts';
import {
  corrected,
  incidentLives,
  NOW_MS,
  storedIncident,
  thatCount,
} from '../../support/stored-incidents.ts';

const LONDON = new TimeZone('Europe/London');
const ALL = [FORCES_AND_UNASSIGNED, THEMES] as const;
const tally = (picture: LivePicture, view: View): Tally => tallyOf(picture.counts(view).of(...ALL));

function recount(incidents: readonly StoredIncident[], view: View, fromMs = -Infinity): Tally {
  const counts: Tally = {};
  for (const incident of incidents) {
    const { timePrecision, cell } = incident;
    const step = Math.floor(Date.parse(incident.occurredAt) / COUNT_STEP_MS);
    if (timePrecision === 'day' || timePrecision === 'month' || step < Math.floor(fromMs / COUNT_STEP_MS))
      continue;
    const isFine = view === 'cleared' || (view === 'guarded' && !isSensitive(incident));
    for (const theme of themesOf(incident)) {
      const place = `${theme} ${isFine ? cell : coarseCell(cell)}`;
      counts[`${place} ${step}`] = (counts[`${place} ${step}`] ?? 0) + 1;
      const harm = harmOf(incident);
      if (harm > 0) counts[`${place} harm ${step}`] = (counts[`${place} harm ${step}`] ?? 0) + harm;
    }
  }
  return counts;
}

/** From scratch: of each force and kind the newest period that anything was ever known of. */
function recountPeriods(changes: readonly IncidentChange[], view: View): Tally {
  const periodIn = ({ occurredAt, timePrecision }: StoredIncident): string =>
    occurredAt.slice(0, timePrecision === 'month' ? 7 : 10);
  const isUntimed = ({ timePrecision }: StoredIncident): boolean =>
    timePrecision === 'day' || timePrecision === 'month';
  const newest = new Map<string, string>();
  for (const { incident } of changes) {
    if (!isUntimed(incident) || incident.status === 'cancelled') continue;
    const key = `${incident.force} ${incident.timePrecision}`;
    newest.set(key, [newest.get(key) ?? '', periodIn(incident)].toSorted().at(-1) ?? '');
  }
  const counts: Tally = {};
  for (const incident of thatCount(changes).filter(isUntimed)) {
    const { force, timePrecision, cell } = incident;
    const period = periodIn(incident);
    if (newest.get(`${force} ${timePrecision}`) !== period) continue;
    const isFine = view === 'cleared' || (view === 'guarded' && !isSensitive(incident));
    for (const theme of themesOf(incident)) {
      const key = `${theme} ${force} ${period} ${isFine ? cell : coarseCell(cell)}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return counts;
}

describe('the picture’s counts', () => {
  it.each(['cleared', 'guarded', 'coarse'] as const)(
    'are a recount of what counts, as a %s view sees it',
    (view) => {
      fc.assert(
        fc.property(incidentLives, (changes) => {
          const picture = new LivePicture(LONDON);
          for (const change of changes) picture.change(change);
          expect(tally(picture, view)).toEqual(recount(thatCount(changes), view));
        }),
      );
    },
  );

  it('have the same sums in every view', () => {
    fc.assert(
      fc.property(incidentLives, (changes) => {
        const picture = new LivePicture(LONDON);
        for (const change of changes) picture.change(change);
        const sums = (['cleared', 'guarded', 'coarse'] as const).map((view) =>
          Object.values(tally(picture, view)).reduce((sum, count) => sum + count, 0),
        );
        expect(new Set(sums).size).toBe(1);
      }),
    );
  });

  it('reach back a day, though corrections of older incidents still come', () => {
    fc.assert(
      fc.property(incidentLives, fc.nat(80), (changes, after) => {
        const picture = new LivePicture(LONDON);
        changes.forEach((change, index) => {
          if (index === after) picture.prune(NOW_MS);
          picture.change(change);
        });
        picture.prune(NOW_MS);
        expect(tally(picture, 'cleared')).toEqual(recount(thatCount(changes), 'cleared', NOW_MS - DAY_MS));
      }),
    );
  });
});

describe('what is known to the day or month only', () => {
  it.each(['cleared', 'guarded', 'coarse'] as const)(
    'counts in the newest day and month of its force and nowhere else, as a %s view sees it',
    (view) => {
      fc.assert(
        fc.property(incidentLives, (changes) => {
          const picture = new LivePicture(LONDON);
          for (const change of changes) picture.change(change);
          const periods = picture.periods(view).of(...ALL);
          expect(periodTallyOf(periods)).toEqual(recountPeriods(changes, view));
          const kinds = periods.map(({ theme, force, period }) => `${theme} ${force} ${period.length}`);
          expect(new Set(kinds).size).toBe(kinds.length);
        }),
      );
    },
  );

  const march = storedIncident({ timePrecision: 'month', occurredAt: '2026-03-01T00:00:00.000Z' });

  it('says so also of a theme that the newest month has nothing of', () => {
    const picture = new LivePicture(LONDON);
    picture.change({ incident: { ...march, category: 'violence' } });
    expect(picture.periods('cleared').of(['unassigned'], ['burglary'])).toEqual([
      { theme: 'burglary', force: 'unassigned', period: '2026-03', origins: [], cells: [] },
    ]);
  });

  it('is let go after three months, and is not taken in any more', () => {
    const picture = new LivePicture(LONDON);
    picture.change({ incident: march });
    picture.prune(Date.parse('2026-06-01T00:00:00Z'));
    expect(picture.periods('guarded').of(...ALL)).toHaveLength(THEMES.length);
    picture.prune(Date.parse('2026-06-03T00:00:00Z'));
    picture.change({ incident: { ...march, id: 'another' } });
    expect(picture.periods('guarded').of(...ALL)).toEqual([]);
  });

  it('keeps its origin named while it is shown', () => {
    const picture = new LivePicture(LONDON);
    picture.change({ incident: { ...march, origin: 'recorded', receivedAt: march.occurredAt } });
    const later = NOW_MS + 20 * DAY_MS;
    picture.change({ incident: storedIncident({ origin: 'live', receivedAt: formatInstant(later) }) });
    picture.prune(later);
    expect(picture.origins(...ALL, later)).toEqual(['live', 'recorded']);
  });
});

describe('the latest incidents', () => {
  it('are the newest 500, newest first, each in its last revision', () => {
    const picture = new LivePicture(LONDON);
    const incidents = Array.from({ length: 600 }, (_, index) =>
      storedIncident({ receivedAt: formatInstant(NOW_MS + index * 1_000) }),
    );
    for (const incident of incidents) picture.change({ incident });
    const last = incidents.at(-1) ?? storedIncident();
    picture.change(corrected(last, { severity: 5 }));
    const latest = picture.latest.of(...ALL);
    expect(latest).toHaveLength(500);
    expect(latest[0]).toMatchObject({ id: last.id, revision: 2, severity: 5 });
    expect(latest.slice(1).map(({ id }) => id)).toEqual(
      incidents
        .slice(100, -1)
        .map(({ id }) => id)
        .reverse(),
    );
  });

  it('do not go back to a revision that is told of late', () => {
    const picture = new LivePicture(LONDON);
    const first = storedIncident();
    const second = corrected(first, { category: 'robbery' });
    picture.change(second);
    picture.change({ incident: first });
    expect(picture.latest.of(...ALL)).toEqual([second.incident]);
  });

  it('leave a theme that a correction took them out of', () => {
    const picture = new LivePicture(LONDON);
    const incident = storedIncident({ category: 'burglary' });
    picture.change({ incident });
    picture.change(corrected(incident, { category: 'drugs' }));
    expect(picture.latest.of(FORCES_AND_UNASSIGNED, ['burglary'])).toEqual([]);
    expect(picture.latest.of(FORCES_AND_UNASSIGNED, ['all'])).toHaveLength(1);
  });

  it('are in the order of their receipt, however they were told of', () => {
    const picture = new LivePicture(LONDON);
    const at = (ms: number): StoredIncident => storedIncident({ receivedAt: formatInstant(NOW_MS + ms) });
    const [one, two, three] = [at(1), at(2), at(3)];
    for (const incident of [two, three, one]) picture.change({ incident });
    expect(picture.latest.of(...ALL)).toEqual([three, two, one]);
  });

  it('go with a recording that starts over', () => {
    const picture = new LivePicture(LONDON);
    const [first, again] = [storedIncident(), storedIncident({ receivedAt: formatInstant(NOW_MS - DAY_MS) })];
    for (const incident of [first, again]) picture.change({ incident });
    picture.prune(NOW_MS);
    expect(picture.latest.of(...ALL)).toEqual([first, again]);
    picture.prune(NOW_MS - DAY_MS);
    expect(picture.latest.of(...ALL)).toEqual([again]);
  });

  it('of a quiet force are kept however many come elsewhere', () => {
    const picture = new LivePicture(LONDON);
    const quiet = storedIncident({ force: 'kent' });
    picture.change({ incident: quiet });
    for (let index = 0; index < 600; index++)
      picture.change({ incident: storedIncident({ force: 'surrey' }) });
    expect(picture.latest.of(['kent'], THEMES)).toEqual([quiet]);
  });

  it('of a rare theme are kept however many others come', () => {
    const picture = new LivePicture(LONDON);
    const knife = storedIncident({ category: 'robbery', markers: ['knife'] });
    picture.change({ incident: knife });
    for (let index = 0; index < 600; index++) picture.change({ incident: storedIncident() });
    expect(picture.latest.of(FORCES_AND_UNASSIGNED, ['knife-crime'])).toEqual([knife]);
  });
});

describe('the rest of the picture', () => {
  it('has the last ranking of each force, theme and horizon', () => {
    const ranked = (at: string, horizonHours: 1 | 8): HotspotsRanked => ({
      type: 'hotspots.ranked',
      at,
      force: 'kent',
      theme: 'all',
      horizonHours,
      window: { from: at, to: at },
      modelId: 'model',
      unavailable: null,
      areaCells: 0,
      hotspots: [],
      coarse: { areaCells: 0, hotspots: [] },
      moved: [],
    });
    const picture = new LivePicture(LONDON);
    for (const announcement of [ranked('1', 1), ranked('2', 8), ranked('3', 1)]) picture.apply(announcement);
    expect(picture.hotspots(['kent'], ['all'], 1).map(({ at }) => at)).toEqual(['3']);
    expect(picture.hotspots(['kent'], ['all'], 8).map(({ at }) => at)).toEqual(['2']);
    expect(picture.hotspots(['kent'], ['theft'], 1)).toEqual([]);
    expect(picture.hotspots(['surrey'], ['all'], 1)).toEqual([]);
  });

  it('says which origins came within the day', () => {
    const picture = new LivePicture(LONDON);
    picture.change({
      incident: storedIncident({ origin: 'simulated', receivedAt: formatInstant(NOW_MS - 2 * DAY_MS) }),
    });
    picture.change({ incident: storedIncident({ origin: 'live' }) });
    expect(picture.origins(...ALL, NOW_MS)).toEqual(['live']);
    expect(picture.origins(...ALL, NOW_MS - DAY_MS - 1)).toEqual(['simulated', 'live']);
  });

  it('says it of the forces and themes that are shown', () => {
    const picture = new LivePicture(LONDON);
    picture.change({ incident: storedIncident({ origin: 'simulated', force: 'kent', category: 'drugs' }) });
    expect(picture.origins(['kent'], ['all', 'burglary'], NOW_MS)).toEqual(['simulated']);
    expect(picture.origins(['kent'], ['burglary'], NOW_MS)).toEqual([]);
    expect(picture.origins(['surrey'], ['all'], NOW_MS)).toEqual([]);
  });

  it('says it, too, where a recording in haste is days behind its clock', () => {
    const picture = new LivePicture(LONDON);
    picture.change({ incident: storedIncident({ origin: 'recorded' }) });
    expect(picture.origins(...ALL, NOW_MS + 9 * DAY_MS)).toEqual(['recorded']);
  });
});
