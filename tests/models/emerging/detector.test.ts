/** The detector: one alert for one cluster, from its opening to its end, across a restart. */
import { gridDisk } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { EmergingDetector, type Detection } from '../../../models/emerging/detector.ts';
import { DetectorUnreadable } from '../../../models/emerging/detector-encoding.ts';
import { groupTouching } from '../../../models/emerging/grouping.ts';
import { ScanGrid } from '../../../models/emerging/scan-grid.ts';
import { WeeklyExpectation } from '../../../models/emerging/weekly-field.ts';
import { cellAt } from '../../../shared/cell.ts';
import { HOUR_MS, HOURS_PER_WEEK, MINUTE_MS, TimeZone } from '../../../shared/time.ts';

const MIDDLE = cellAt(51.5, -0.1);
const CELLS = gridDisk(MIDDLE, 12);
const NOW_MS = Date.UTC(2026, 2, 6, 21, 40);
const TAIL = { intercept: 10, scale: 1, days: 30, clusters: 100 };

function detector(bytes?: Uint8Array): EmergingDetector {
  const grid = new ScanGrid();
  for (const cell of CELLS) grid.take(cell);
  const hours = Array.from({ length: HOURS_PER_WEEK }, () => ({ layer: 0, weight: 1 }));
  const field = { layers: [new Float32Array(CELLS.length).fill(0.01)], hours };
  const expectation = new WeeklyExpectation(field, new TimeZone('Europe/London'));
  return new EmergingDetector({ grid, expectation, dispersion: 0.05, tail: TAIL, promisedDays: 10 }, bytes);
}

/** One incident every so many minutes in a cell. */
function cluster(into: EmergingDetector, size: number, everyMinutes = 4, cell = MIDDLE): Detection[] {
  const told: Detection[] = [];
  for (let i = 0; i < size; i++) {
    const atMs = NOW_MS + i * everyMinutes * MINUTE_MS;
    told.push(...into.tick(atMs));
    const detection = into.add({ cell, occurredAtMs: atMs }, atMs);
    if (detection !== undefined) told.push(detection);
  }
  return told;
}

describe('a cluster', () => {
  it('opens one alert, which says how much came, how much was expected, where, when and how unlikely', () => {
    const told = cluster(detector(), 12);
    expect(told.filter(({ change }) => change === 'opened')).toHaveLength(1);
    const [opened] = told;
    expect(opened).toMatchObject({ change: 'opened', class: 'new', centre: MIDDLE, cells: [MIDDLE] });
    expect(opened?.observed).toBeGreaterThanOrEqual(3);
    expect(opened?.expected).toBeLessThan(0.1);
    expect(opened?.onceInDays).toBeGreaterThanOrEqual(10);
    expect(opened?.sinceMs).toBe(opened?.windowToMs);
    expect((opened?.windowToMs ?? 0) - (opened?.windowFromMs ?? 0)).toBeLessThanOrEqual(24 * HOUR_MS);
    expect(told.at(-1)?.id).toBe(opened?.id);
    expect(told.at(-1)?.onceInDays).toBeGreaterThan(opened?.onceInDays ?? 0);
  });

  it('closes when it is over, and opens a second alert when it comes again, as a sporadic one', () => {
    const one = detector();
    const [opened] = cluster(one, 6);
    const closed: Detection[] = [];
    for (let hour = 0; hour < 12; hour += 0.25) closed.push(...one.tick(NOW_MS + hour * HOUR_MS + HOUR_MS));
    expect(closed.filter(({ change }) => change === 'closed').map(({ id }) => id)).toEqual([opened?.id]);
    expect(one.open).toEqual([]);
    const againMs = NOW_MS + 14 * HOUR_MS;
    let again: Detection | undefined;
    for (let i = 0; i < 6; i++) again ??= one.add({ cell: MIDDLE, occurredAtMs: againMs }, againMs);
    expect(again).toMatchObject({ change: 'opened', class: 'sporadic' });
    expect(again?.id).not.toBe(opened?.id);
  });

  it('is told of when its class changes', () => {
    const one = detector();
    cluster(one, 10);
    const told: Detection[] = [];
    for (let minute = 40; minute < 600; minute += 5) told.push(...one.tick(NOW_MS + minute * MINUTE_MS));
    const classes = told.filter(({ change }) => change === 'reclassified').map((one) => one.class);
    expect(classes).toContain('diminishing');
    expect(new Set(classes).size).toBe(classes.length);
  });

  it('that was resolved by a person is gone; what goes on there is another', () => {
    const one = detector();
    const [opened] = cluster(one, 8);
    one.close(opened?.id ?? 0);
    expect(one.open).toEqual([]);
    expect(cluster(one, 2)[0]?.change).toBe('opened');
  });

  it('of incidents that are cancelled is none', () => {
    const one = detector();
    for (let i = 0; i < 8; i++) {
      const incident = { cell: MIDDLE, occurredAtMs: NOW_MS + i * MINUTE_MS };
      const detection = one.add(incident, incident.occurredAtMs);
      one.remove(incident, incident.occurredAtMs);
      expect(detection).toBeUndefined();
    }
  });

  it('that loses an incident is told weaker, and over once too few are left', () => {
    const one = detector();
    const incidents = Array.from({ length: 8 }, (_, i) => ({
      cell: MIDDLE,
      occurredAtMs: NOW_MS + i * MINUTE_MS,
    }));
    const told = incidents.flatMap((incident) => one.add(incident, incident.occurredAtMs) ?? []);
    const nowMs = NOW_MS + 10 * MINUTE_MS;
    const changes = incidents.flatMap((incident) => one.remove(incident, nowMs));
    const strongest = told.at(-1);
    expect(changes[0]).toMatchObject({ id: strongest?.id, change: 'weakened', observed: 7 });
    expect(changes.at(-1)).toMatchObject({ id: strongest?.id, change: 'closed' });
    expect(one.open).toEqual([]);
  });

  it('is not opened by what is only counted, and counts it all the same', () => {
    const one = detector();
    for (let i = 0; i < 7; i++) one.count({ cell: MIDDLE, occurredAtMs: NOW_MS }, NOW_MS);
    expect(one.open).toEqual([]);
    expect(one.add({ cell: MIDDLE, occurredAtMs: NOW_MS }, NOW_MS)).toMatchObject({
      change: 'opened',
      observed: 8,
    });
  });
});

it('goes on after a restart as if there had been none', () => {
  const [whole, before] = [detector(), detector()];
  for (const one of [whole, before]) cluster(one, 7);
  const after = detector(before.encode(NOW_MS + 30 * MINUTE_MS));
  expect(after.open).toEqual(whole.open);
  for (let minute = 31; minute < 400; minute++) {
    const nowMs = NOW_MS + minute * MINUTE_MS;
    const incident = { cell: CELLS[minute % 9] ?? '', occurredAtMs: nowMs };
    if (minute % 3 === 0) expect(after.add(incident, nowMs)).toEqual(whole.add(incident, nowMs));
    expect(after.tick(nowMs)).toEqual(whole.tick(nowMs));
  }
  expect(new TextDecoder().decode(after.encode(NOW_MS))).toBe(new TextDecoder().decode(whole.encode(NOW_MS)));
});

it('refuses a checkpoint of something else', () => {
  expect(() => detector(new TextEncoder().encode('nonsense'))).toThrow(DetectorUnreadable);
  expect(() => detector(new TextEncoder().encode('{"format":"other"}'))).toThrow(DetectorUnreadable);
});

it('groups alerts that touch under the strongest', () => {
  const [middle = '', beside = ''] = gridDisk(MIDDLE, 1);
  const [far = ''] = gridDisk(MIDDLE, 6).slice(-1);
  const next = gridDisk(beside, 1).find((cell) => !gridDisk(middle, 1).includes(cell)) ?? '';
  const alerts = [
    { id: 1, cells: [middle], score: 12 },
    { id: 2, cells: [next], score: 15 },
    { id: 3, cells: [far], score: 20 },
    { id: 4, cells: [beside], score: 11 },
  ];
  const ids = groupTouching(alerts).map(({ parent, children }) => [parent.id, children.map(({ id }) => id)]);
  expect(ids).toEqual([
    [3, []],
    [2, [1, 4]],
  ]);
});
