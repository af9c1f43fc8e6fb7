/** The list of alerts: what comes first, what belongs together, what is counted apart, what calls. */
import { describe, expect, it } from 'vitest';
import { callingNow, newCalls } from '../../../client/state/alert-calls.ts';
import { floodOf, largestFlood } from '../../../client/state/alert-flood.ts';
import { countGroups, groupAlerts, nextToTake } from '../../../client/state/alert-list.ts';
import { ALERT_PRIORITIES } from '../../../shared/alert.ts';
import { parseInstant } from '../../../shared/time.ts';
import { alert } from '../alerts.ts';

const idsOf = (groups: ReturnType<typeof groupAlerts>) => groups.map(({ alert: { id } }) => id);

describe('the list', () => {
  it('has the most urgent first, and of equals what nobody has taken and has waited longest', () => {
    const alerts = [
      alert('taken', { state: 'acknowledged', holder: 'desk-1', priority: 'high' }),
      alert('later', { raisedAt: '2026-03-01T21:50:00.000Z' }),
      alert('shelved', { priority: 'high', shelvedUntil: '2026-03-01T22:00:00.000Z' }),
      alert('earlier'),
      alert('low', { priority: 'low' }),
      alert('passed-on', { escalatedAt: '2026-03-01T21:45:00.000Z', priority: 'high' }),
      alert('high', { priority: 'high', raisedAt: '2026-03-01T21:00:00.000Z' }),
    ];
    expect(idsOf(groupAlerts(alerts))).toEqual([
      ...['passed-on', 'high', 'taken', 'earlier', 'later', 'low', 'shelved'],
    ]);
    expect(nextToTake(groupAlerts(alerts))?.id).toBe('passed-on');
  });

  it('puts children under their parent, and one whose parent is not here by itself', () => {
    const groups = groupAlerts([
      alert('child', { parent: 'parent', priority: 'high' }),
      alert('parent'),
      alert('orphan', { parent: 'elsewhere' }),
    ]);
    expect(idsOf(groups)).toEqual(['parent', 'orphan']);
    expect(groups[0]?.children.map(({ id }) => id)).toEqual(['child']);
  });

  it('counts what is shelved or held back apart from all else', () => {
    const groups = groupAlerts([
      alert('1'),
      alert('2', { state: 'acknowledged' }),
      alert('3', { shelvedUntil: '2026-03-01T22:00:00.000Z' }),
      alert('4', { heldBack: true }),
      alert('5', { parent: '1' }),
    ]);
    expect(countGroups(groups)).toEqual({
      ...{ called: 2, raised: 1, acknowledged: 1, assigned: 0, shelved: 1, 'held-back': 1 },
    });
  });
});

describe('what calls', () => {
  it('calls once, and again when it is passed on or comes back from the shelf', () => {
    const raised = alert('1');
    expect(newCalls(new Map(), [raised])).toEqual([raised]);
    expect(newCalls(callingNow([raised]), [{ ...raised, revision: 5 }])).toEqual([]);
    const passedOn = alert('1', { escalatedAt: '2026-03-01T21:42:00.000Z', priority: 'high' });
    expect(newCalls(callingNow([raised]), [passedOn])).toEqual([passedOn]);
    const shelved = alert('1', { shelvedUntil: '2026-03-01T22:00:00.000Z' });
    expect(newCalls(callingNow([raised]), [shelved])).toEqual([]);
    expect(newCalls(callingNow([shelved]), [raised])).toEqual([raised]);
  });

  it('is nothing that is handled with another, held back or taken', () => {
    const quiet = [
      alert('1', { parent: '9' }),
      alert('2', { heldBack: true }),
      alert('3', { state: 'acknowledged' }),
    ];
    expect(newCalls(new Map(), quiet)).toEqual([]);
  });
});

describe('a flood', () => {
  const nowMs = parseInstant('2026-03-01T21:49:00.000Z') ?? 0;
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      alert(
        String(index),
        { priority: ALERT_PRIORITIES[index % 3] ?? 'low', heldBack: index % 3 > 0 },
        { kind: index % 2 === 0 ? 'emerging' : 'rule' },
      ),
    );

  it('is ten in ten minutes of one force, told by kind and with what is held back', () => {
    expect(floodOf(many(9), { force: 'kent', nowMs, meter: null })).toBeNull();
    expect(floodOf(many(10), { force: 'essex', nowMs, meter: null })).toBeNull();
    expect(floodOf(many(10), { force: 'kent', nowMs: nowMs + 120_000, meter: null })).toBeNull();
    expect(floodOf(many(10), { force: 'kent', nowMs, meter: null })).toEqual({
      force: 'kent',
      raised: 10,
      kinds: [
        { kind: 'emerging', count: 5 },
        { kind: 'rule', count: 5 },
      ],
      heldBack: 6,
    });
  });

  it('is one force’s, whose people it comes over: of several the largest is told', () => {
    const nowMs = parseInstant('2026-03-01T21:46:00.000Z') ?? NaN;
    const of = (force: 'kent' | 'essex', count: number) =>
      Array.from({ length: count }, (_, i) => alert(`${force}-${i}`, { force }));
    const flood = (kent: number, essex: number) =>
      largestFlood([...of('kent', kent), ...of('essex', essex)], { nowMs, meters: [] });
    expect(flood(9, 9)).toBeNull();
    expect(flood(11, 14)).toMatchObject({ force: 'essex', raised: 14 });
  });
});
