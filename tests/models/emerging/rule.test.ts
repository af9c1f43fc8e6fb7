/** Rules: what they count, that one cluster raises one alert, and what they would have raised. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countFor, matches, READY, withdrawFrom } from '../../../models/emerging/rule.ts';
import type { RuleAlert, RuleIncident, RuleState } from '../../../models/emerging/rule.ts';
import { dryRun, type KnownRuleIncident } from '../../../models/emerging/rule-dry-run.ts';
import type { AlertRule } from '../../../shared/alert.ts';
import { cellAt } from '../../../shared/cell.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, TimeZone } from '../../../shared/time.ts';

const LONDON = new TimeZone('Europe/London');
const NOON_MS = Date.UTC(2026, 2, 6, 12);
const [LAT, LON] = [51.5, -0.1];

const RULE: AlertRule = {
  force: 'metropolitan',
  categories: ['robbery', 'violence'],
  markers: ['knife'],
  minimumSeverity: 3,
  area: { kind: 'force' },
  count: 3,
  windowMinutes: 60,
  coolDownMinutes: 120,
};

let made = 0;
function incident(minutes: number, change: Partial<RuleIncident> = {}): RuleIncident {
  made++;
  const [lat, lon] = [change.lat ?? LAT, change.lon ?? LON];
  return {
    id: `police/test/${made}`,
    ...{ lat, lon, cell: cellAt(lat, lon) },
    occurredAtMs: NOON_MS + minutes * MINUTE_MS,
    timePrecision: 'minute',
    category: 'robbery',
    markers: ['knife', 'youth'],
    severity: 4,
    force: 'metropolitan',
    discovery: 'reported',
    ...change,
  };
}

function run(rule: AlertRule, incidents: readonly RuleIncident[]): { alerts: RuleAlert[]; state: RuleState } {
  let state = READY;
  const alerts: RuleAlert[] = [];
  for (const one of incidents) {
    const counted = countFor(rule, state, one, one.occurredAtMs);
    state = counted.state;
    if (counted.alert !== undefined) alerts.push(counted.alert);
  }
  return { alerts, state };
}

describe('a rule counts', () => {
  it.each([
    ['what it asks for', {}, true],
    ['another category', { category: 'burglary' }, false],
    ['without the marker', { markers: ['youth'] }, false],
    ['below the severity', { severity: 2 }, false],
    ['in another force', { force: 'kent' }, false],
    ['what a sensor heard', { discovery: 'sensor' }, true],
    ['what officers found where they were sent', { discovery: 'officer' }, false],
    ['known only to the day', { timePrecision: 'day' }, false],
  ] satisfies [string, Partial<RuleIncident>, boolean][])('%s: %o → %s', (_, change, expected) => {
    expect(matches(RULE, incident(0, change))).toBe(expected);
  });

  it('within its area alone', () => {
    const circle: AlertRule = { ...RULE, area: { kind: 'circle', lat: LAT, lon: LON, radiusMetres: 300 } };
    expect(matches(circle, incident(0, { lat: LAT + 0.0026 }))).toBe(true);
    expect(matches(circle, incident(0, { lat: LAT + 0.0028 }))).toBe(false);
    const cells: AlertRule = { ...RULE, area: { kind: 'cells', cells: [cellAt(LAT, LON)] } };
    expect(matches(cells, incident(0))).toBe(true);
    expect(matches(cells, incident(0, { lat: LAT + 0.01 }))).toBe(false);
  });

  it('everything where it names no category and no marker', () => {
    const any: AlertRule = { ...RULE, categories: [], markers: [], minimumSeverity: 1 };
    expect(matches(any, incident(0, { category: 'other', markers: [], severity: 1 }))).toBe(true);
  });
});

describe('an alert', () => {
  it('is raised by the incident that makes the count full, with its incidents and cells', () => {
    const incidents = [incident(0), incident(20), incident(40, { lat: LAT + 0.01 })];
    const { alerts } = run(RULE, incidents);
    expect(alerts).toEqual([
      {
        kind: 'rule',
        atMs: NOON_MS + 40 * MINUTE_MS,
        count: 3,
        windowFromMs: NOON_MS,
        windowToMs: NOON_MS + 40 * MINUTE_MS,
        cells: [cellAt(LAT, LON), cellAt(LAT + 0.01, LON)],
        incidentIds: incidents.map(({ id }) => id),
      },
    ]);
  });

  it('is not raised by what lies too far apart, was cancelled, or was told twice', () => {
    expect(run(RULE, [incident(0), incident(30), incident(61)]).alerts).toEqual([]);
    const [one, two] = [incident(0), incident(1)];
    expect(run(RULE, [one, two, one]).alerts).toEqual([]);
    const { state } = run(RULE, [one, two]);
    const withdrawn = withdrawFrom(state, one.id);
    expect(countFor(RULE, withdrawn, incident(2), NOON_MS + 2 * MINUTE_MS).alert).toBeUndefined();
  });

  it('is raised by what happened within the window and is told late, not by what happened before it', () => {
    const { state } = run(RULE, [incident(0), incident(10)]);
    const nowMs = NOON_MS + 50 * MINUTE_MS;
    expect(countFor(RULE, state, incident(-5), nowMs).alert).toBeDefined();
    expect(countFor(RULE, state, incident(-15), nowMs).alert).toBeUndefined();
  });

  it('stands for its whole cluster; the next comes after it has died down and the cool-down is over', () => {
    const cluster = Array.from({ length: 30 }, (_, i) => incident(i * 10));
    expect(run(RULE, cluster).alerts).toHaveLength(1);
    const again = [400, 410, 420].map((minutes) => incident(minutes));
    expect(run(RULE, [...cluster, ...again]).alerts).toHaveLength(2);
    const soon = [0, 1, 2, 90, 91, 92].map((minutes) => incident(minutes));
    expect(run(RULE, soon).alerts).toHaveLength(1);
  });

  it('never comes within the cool-down of another, nor with fewer than its count in the window', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 80 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 5 }), (minutes, count) => {
        let at = 0;
        const incidents = minutes.map((gap) => incident((at += gap)));
        const { alerts } = run({ ...RULE, count }, incidents);
        alerts.forEach((alert, i) => {
          expect(alert.count).toBeGreaterThanOrEqual(count);
          const inWindow = incidents.filter(
            ({ occurredAtMs }) => occurredAtMs <= alert.atMs && occurredAtMs > alert.atMs - HOUR_MS,
          );
          expect(inWindow.length).toBeGreaterThanOrEqual(count);
          const before = alerts[i - 1];
          if (before !== undefined) expect(alert.atMs - before.atMs).toBeGreaterThanOrEqual(2 * HOUR_MS);
        });
        const isFull = incidents.some(
          (_, i) =>
            (incidents[i + count - 1]?.occurredAtMs ?? Infinity) - (incidents[i]?.occurredAtMs ?? 0) <
            HOUR_MS,
        );
        expect(alerts.length > 0).toBe(isFull);
      }),
    );
  });
});

describe('a dry run', () => {
  const known = (one: RuleIncident, delayMinutes = 0): KnownRuleIncident => ({
    ...one,
    knownAtMs: one.occurredAtMs + delayMinutes * MINUTE_MS,
  });
  // 2026-03-29 01:00 UTC: clocks go forward.
  const fromMs = Date.UTC(2026, 2, 28);
  const span = { fromMs, toMs: fromMs + 3 * DAY_MS };
  const at = (hours: number): RuleIncident => incident((fromMs - NOON_MS) / MINUTE_MS + hours * 60);

  it('says what the rule would have raised, shift by shift', () => {
    const bursts = [7, 15, 16, 30, 31, 60];
    const incidents = bursts
      .flatMap((hours) => [at(hours), at(hours + 0.1), at(hours + 0.2)])
      .map((one) => known(one));
    const told = dryRun(RULE, incidents.reverse(), span, LONDON);
    // The burst at 16 is part of that at 15, which has not cooled down.
    expect(told.alerts).toHaveLength(4);
    const shifts = told.shifts.map(({ startMs, alerts }) => [(startMs - fromMs) / HOUR_MS, alerts]);
    expect(shifts).toEqual([
      [-2, 0], [6, 1], [14, 1], [22, 0],
      [29, 1], [37, 0], [45, 0], [53, 1],
      [61, 0], [69, 0],
    ]); // prettier-ignore
    expect(told.alertsPerShift).toBeCloseTo(4 / 9, 10);
    expect(told.mostInAShift).toBe(1);
  });

  it('raises what live evaluation raises, when it became known', () => {
    const incidents = [known(at(5)), known(at(5.1), 300), known(at(5.2), 30)];
    expect(dryRun(RULE, incidents, span, LONDON).alerts).toEqual([]);
    const inTime = [known(at(5)), known(at(5.1), 40), known(at(5.2), 30)];
    expect(dryRun(RULE, inTime, span, LONDON).alerts[0]?.atMs).toBe(inTime[1]?.knownAtMs);
  });

  it('leaves out what lies outside the span, but not what its first window needs', () => {
    const incidents = [known(at(-0.5)), known(at(-0.2)), known(at(0.1)), known(at(80))];
    expect(dryRun(RULE, incidents, span, LONDON).alerts).toHaveLength(1);
  });
});

it('counts no sensitive incident where its writer may not place those', () => {
  const rule = { ...RULE, categories: [], markers: [], withoutSensitive: true };
  expect(matches(rule, incident(0))).toBe(true);
  expect(matches(rule, incident(0, { markers: ['domestic'] }))).toBe(false);
  expect(matches(rule, incident(0, { category: 'sexual-offences', markers: [] }))).toBe(false);
});
