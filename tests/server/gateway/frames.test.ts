/** A subscriber sees what they asked for and may see; snapshot and deltas agree, and no sensitive place is fine. */
import fc from 'fast-check';
import { getResolution, isValidCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import type { Announcement, IncidentChange, IncidentsStored } from '../../../shared/announcement.ts';
import { cellCentre, COARSE_RESOLUTION, coarseCell } from '../../../shared/cell.ts';
import { isSensitive } from '../../../shared/category.ts';
import { FORCES_AND_UNASSIGNED, type Force } from '../../../shared/force.ts';
import { HARM_DAYS } from '../../../shared/harm.ts';
import { MAX_DELTA_INCIDENTS, type Delta, type ShownIncident } from '../../../shared/messages.ts';
import { THEMES } from '../../../shared/theme.ts';
import { TimeZone } from '../../../shared/time.ts';
import type { Principal } from '../../../server/access/policy.ts';
import { collapseKey, deltaOf, snapshotOf, viewKey, type View } from '../../../server/gateway/frames.ts';
import { LivePicture } from '../../../server/gateway/live-picture.ts';
import { applyDelta, applyToPeriods, periodTallyOf, shownOf, tallyOf } from '../../support/shown-counts.ts';
import { corrected, incidentLives, NOW_MS, storedIncident } from '../../support/stored-incidents.ts';

const LONDON = new TimeZone('Europe/London');
const frameOf = (seq: number, announcement: Announcement, view: View): Delta | undefined =>
  deltaOf(seq, announcement, view, LONDON);

const AT = '2026-03-01T12:00:00.000Z';
const WHO = {
  guarded: { name: 'wall', role: 'wall', forces: [], cleared: false },
  cleared: { name: 'lead', role: 'shift-lead', forces: [], cleared: true },
  partner: { name: 'council', role: 'partner', forces: [], cleared: true },
} satisfies Record<string, Principal>;

const viewOf = (principal: Principal, change: Partial<View> = {}): View => ({
  principal,
  forces: FORCES_AND_UNASSIGNED,
  themes: ['all'],
  horizonHours: 1,
  ...change,
});

const stored = (changes: IncidentChange[], force: Force = 'unassigned'): IncidentsStored => ({
  type: 'incidents.stored',
  at: AT,
  force,
  batch: 1,
  part: 0,
  changes,
});

function incidentsOf(delta: Delta | undefined): ShownIncident[] {
  if (delta?.type !== 'incidents.stored' || !('changes' in delta)) throw new Error('no incidents');
  return delta.changes.map(({ incident }) => incident);
}

const views: fc.Arbitrary<View> = fc.record({
  principal: fc.constantFrom<Principal>(...Object.values(WHO)),
  forces: fc.constantFrom<readonly Force[]>(FORCES_AND_UNASSIGNED, ['kent'], ['kent', 'unassigned']),
  themes: fc.subarray([...THEMES], { minLength: 1 }),
  horizonHours: fc.constantFrom(1, 8, 24),
});

/** Announced as ingest does: by force, in parts of a few changes. */
function announced(changes: readonly IncidentChange[]): IncidentsStored[] {
  return changes.map((change) => stored([change], change.incident.force));
}

describe('a snapshot and the deltas after it', () => {
  it('give the same counts as a later snapshot, wherever they are joined, in every view', () => {
    fc.assert(
      fc.property(incidentLives, fc.nat(60), views, (changes, joinAfter, view) => {
        const picture = new LivePicture(LONDON);
        const announcements = announced(changes);
        for (const announcement of announcements.slice(0, joinAfter)) picture.apply(announcement);
        const snapshot = snapshotOf(picture, view, NOW_MS);
        const tally = tallyOf(snapshot.counts);
        const byPeriod = periodTallyOf(snapshot.periods);
        announcements.slice(joinAfter).forEach((announcement, index) => {
          picture.apply(announcement);
          const delta = frameOf(joinAfter + index + 1, announcement, view);
          if (delta === undefined) return;
          applyDelta(tally, delta, snapshot);
          applyToPeriods(byPeriod, delta, snapshot);
        });
        const later = snapshotOf(picture, view, NOW_MS);
        expect(tally).toEqual(tallyOf(later.counts));
        expect(shownOf(byPeriod, later.periods)).toEqual(periodTallyOf(later.periods));
      }),
      { numRuns: 200 },
    );
  });

  it('give them also where a batch is told in counts', () => {
    for (const principal of Object.values(WHO)) {
      const view = viewOf(principal, { themes: ['all', 'vawg', 'theft'] });
      const first = Array.from({ length: 250 }, (_, index) =>
        storedIncident({
          category: index % 2 === 0 ? 'theft-from-person' : 'violence',
          markers: ['domestic'],
          timePrecision: index % 5 === 0 ? 'month' : 'minute',
        }),
      );
      const batches = [
        first.map((incident) => ({ incident })),
        first.map((incident, index) =>
          corrected(incident, index % 3 === 0 ? { status: 'cancelled' } : { markers: [] }),
        ),
      ];
      const picture = new LivePicture(LONDON);
      const tally = {};
      const byPeriod = {};
      for (const changes of batches) {
        picture.apply(stored(changes));
        const delta = frameOf(1, stored(changes), view);
        expect(delta).toHaveProperty('counts');
        if (delta === undefined) continue;
        applyDelta(tally, delta, view);
        applyToPeriods(byPeriod, delta, view);
      }
      const { counts, periods } = snapshotOf(picture, view, NOW_MS);
      expect(tally).toEqual(tallyOf(counts));
      expect(byPeriod).toEqual(periodTallyOf(periods));
      expect(Object.keys(byPeriod).length).toBeGreaterThan(0);
    }
  });
});

describe('a delta of incidents', () => {
  it('names each up to 200, and counts by cell, category and step above', () => {
    const changes = Array.from({ length: MAX_DELTA_INCIDENTS }, () => ({ incident: storedIncident() }));
    const view = viewOf(WHO.guarded);
    expect(incidentsOf(frameOf(5, stored(changes), view))).toHaveLength(200);
    const more = frameOf(
      5,
      stored([...changes, { incident: storedIncident({ origin: 'simulated' }) }]),
      view,
    );
    expect(more).toMatchObject({ type: 'incidents.stored', seq: 5, origins: ['live', 'simulated'] });
    expect(more).toHaveProperty('counts', [
      {
        theme: 'all',
        cell: storedIncident().cell,
        step: NOW_MS / 900_000,
        category: 'burglary',
        change: 201,
        harm: 201 * HARM_DAYS.burglary,
      },
    ]);
  });

  it('marks what is known to the day or month only, and counts it in that', () => {
    const told = (changes: IncidentChange[]): Delta | undefined =>
      frameOf(1, stored(changes), viewOf(WHO.guarded));
    const march = { timePrecision: 'month', occurredAt: '2026-03-01T00:00:00.000Z' } as const;
    const third = { timePrecision: 'day', occurredAt: '2026-02-28T00:00:00.000Z' } as const;
    const each = [march, third, {}].map((change) => ({ incident: storedIncident(change) }));
    expect(incidentsOf(told(each)).map(({ period }) => period)).toEqual(['2026-03', '2026-02-28', null]);
    const corrects = told([corrected(storedIncident(march), {})]);
    expect(corrects).toMatchObject({
      changes: [{ incident: { period: '2026-03' }, superseded: { period: '2026-03' } }],
    });
    const many = Array.from({ length: 201 }, () => ({ incident: storedIncident(march) }));
    expect(told(many)).toMatchObject({
      counts: [],
      periods: [{ theme: 'all', force: 'unassigned', period: '2026-03', category: 'burglary', change: 201 }],
    });
  });

  it('is none for who did not ask for its force or theme', () => {
    const changes = [{ incident: storedIncident({ force: 'kent' }) }];
    const told = (change: Partial<View>): boolean =>
      frameOf(1, stored(changes, 'kent'), viewOf(WHO.guarded, change)) !== undefined;
    expect(told({ forces: ['kent'] })).toBe(true);
    expect(told({ forces: ['surrey'] })).toBe(false);
    expect(told({ themes: ['burglary', 'asb'] })).toBe(true);
    expect(told({ themes: ['asb'] })).toBe(false);
  });

  it('has what left the theme by a correction', () => {
    const before = storedIncident();
    const delta = frameOf(
      1,
      stored([corrected(before, { category: 'drugs' })]),
      viewOf(WHO.guarded, { themes: ['burglary'] }),
    );
    expect(incidentsOf(delta)).toMatchObject([{ id: before.id, category: 'drugs' }]);
  });

  it('tells whom a correction takes an incident from that it is gone, and nothing of where it went', () => {
    const before = storedIncident({ force: 'kent', lat: 51.2, lon: 0.5 });
    const moved = corrected(before, {
      force: 'surrey',
      lat: 51.3,
      lon: -0.6,
      cell: storedIncident({ lat: 51.3, lon: -0.6 }).cell,
    });
    const delta = frameOf(1, stored([moved], 'surrey'), viewOf(WHO.guarded, { forces: ['kent'] }));
    expect(delta).toMatchObject({ force: 'kent' });
    expect(incidentsOf(delta)).toMatchObject([
      { id: before.id, revision: 2, status: 'cancelled', cell: before.cell },
    ]);
    expect(JSON.stringify(delta)).not.toContain('surrey');
    expect(JSON.stringify(delta)).not.toContain(moved.incident.cell);
  });

  it('does not tell whom a correction brings an incident where it came from', () => {
    const before = storedIncident({ force: 'kent' });
    const delta = frameOf(
      1,
      stored([corrected(before, { force: 'surrey' })], 'surrey'),
      viewOf(WHO.guarded, { forces: ['surrey'] }),
    );
    expect(delta).not.toHaveProperty('changes.0.superseded');
    expect(JSON.stringify(delta)).not.toContain('kent');
  });

  it('never says what the sender called it', () => {
    const incident = storedIncident({ nativeCategory: 'as named' });
    const delta = frameOf(1, stored([{ incident }]), viewOf(WHO.cleared));
    expect(JSON.stringify(delta)).not.toMatch(/as named|nativeCategory|summary/);
  });
});

const cellsIn = (frame: unknown): string[] =>
  (JSON.stringify(frame).match(/\b[0-9a-f]{15}\b/g) ?? []).filter(isValidCell);
const fineCellsIn = (frame: unknown): string[] =>
  cellsIn(frame).filter((cell) => getResolution(cell) > COARSE_RESOLUTION);

function framesOf(changes: readonly IncidentChange[], view: View): unknown[] {
  const picture = new LivePicture(LONDON);
  const deltas = announced(changes).map((announcement, index) => {
    picture.apply(announcement);
    return frameOf(index, announcement, view);
  });
  return [snapshotOf(picture, view, NOW_MS), ...deltas];
}

describe('places that could point at a home', () => {
  const sensitive = incidentLives.map((changes) =>
    changes.filter(
      ({ incident, superseded }) =>
        isSensitive(incident) && (superseded === undefined || isSensitive(superseded)),
    ),
  );

  it('never leave in fine cells, but for the cleared', () => {
    fc.assert(
      fc.property(sensitive, fc.subarray([...THEMES], { minLength: 1 }), (changes, themes) => {
        const frames = framesOf(changes, viewOf(WHO.guarded, { themes }));
        expect(fineCellsIn(frames)).toEqual([]);
        const numbers = new Set(JSON.stringify(frames).match(/-?\d+\.\d+/g));
        for (const { incident } of changes) {
          expect(numbers.has(String(incident.lat)) && numbers.has(String(incident.lon))).toBe(false);
        }
      }),
    );
  });

  it('stay vague for every incident that is sensitive, among others that are not', () => {
    fc.assert(
      fc.property(incidentLives, (changes) => {
        const deltas = announced(changes).map((announcement) =>
          frameOf(1, announcement, viewOf(WHO.guarded)),
        );
        for (const incident of deltas.flatMap(incidentsOf)) {
          expect(incident.coarse).toBe(isSensitive(incident));
          if (incident.coarse)
            expect([incident.lat, incident.lon]).toEqual(cellCentre(coarseCell(incident.cell)));
        }
      }),
    );
  });

  it('and all others, leave coarse for partners', () => {
    fc.assert(
      fc.property(incidentLives, (changes) => {
        expect(fineCellsIn(framesOf(changes, viewOf(WHO.partner, { themes: [...THEMES] })))).toEqual([]);
      }),
    );
  });

  it('are fine for the cleared', () => {
    const incident = storedIncident({ category: 'sexual-offences' });
    expect(incidentsOf(frameOf(1, stored([{ incident }]), viewOf(WHO.cleared)))).toMatchObject([
      { cell: incident.cell, lat: incident.lat, lon: incident.lon, coarse: false },
    ]);
  });
});

describe('a delta of hotspots', () => {
  const hotspot = { rank: 1, expected: 1, lower: 0, upper: 2, observed: 1 };
  const { cell } = storedIncident();
  const ranked = (theme: 'all' | 'vawg'): Announcement => ({
    type: 'hotspots.ranked',
    at: AT,
    force: 'kent',
    theme,
    horizonHours: 8,
    window: { from: AT, to: AT },
    modelId: 'model',
    unavailable: null,
    areaCells: 49,
    hotspots: [{ ...hotspot, cell }],
    coarse: { areaCells: 1, hotspots: [{ ...hotspot, cell: coarseCell(cell) }] },
    moved: [[cell, 1]],
  });
  const shown = (principal: Principal, theme: 'all' | 'vawg'): unknown =>
    frameOf(1, ranked(theme), viewOf(principal, { themes: ['all', 'vawg'], horizonHours: 8 }));

  it('is fine or coarse as the policy says, with the area that goes with it', () => {
    expect(shown(WHO.guarded, 'all')).toMatchObject({ areaCells: 49, hotspots: [{ cell }] });
    for (const vague of [shown(WHO.guarded, 'vawg'), shown(WHO.partner, 'all'), shown(WHO.partner, 'vawg')]) {
      expect(vague).toMatchObject({ areaCells: 1, hotspots: [{ cell: coarseCell(cell) }] });
      expect(fineCellsIn(vague)).toEqual([]);
    }
    expect(shown(WHO.cleared, 'vawg')).toMatchObject({ hotspots: [{ cell }] });
  });

  it('is none for another horizon, force or theme', () => {
    const told = (change: Partial<View>): unknown =>
      frameOf(1, ranked('all'), viewOf(WHO.guarded, { horizonHours: 8, ...change }));
    expect(told({})).toBeDefined();
    expect(told({ horizonHours: 1 })).toBeUndefined();
    expect(told({ forces: ['surrey'] })).toBeUndefined();
    expect(told({ themes: ['vawg'] })).toBeUndefined();
  });

  it('collapses by force, theme and horizon; incidents never do', () => {
    expect(collapseKey(ranked('all'))).toBe(collapseKey({ ...ranked('all'), at: 'later' }));
    expect(collapseKey(ranked('all'))).not.toBe(collapseKey(ranked('vawg')));
    expect(collapseKey(stored([]))).toBeUndefined();
  });
});

describe('the key under which frames are shared', () => {
  it('differs wherever a frame could', () => {
    const different = [
      viewOf(WHO.guarded),
      viewOf(WHO.cleared),
      viewOf(WHO.partner),
      viewOf(WHO.guarded, { forces: ['kent'] }),
      viewOf(WHO.guarded, { themes: ['vawg'] }),
      viewOf(WHO.guarded, { horizonHours: 8 }),
    ];
    expect(new Set(different.map(viewKey)).size).toBe(different.length);
  });

  it('is shared by those who see the same', () => {
    const dispatcher: Principal = { ...WHO.guarded, name: 'other', role: 'dispatcher' };
    expect(viewKey(viewOf(dispatcher))).toBe(viewKey(viewOf(WHO.guarded)));
  });
});
