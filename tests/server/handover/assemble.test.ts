/** What belongs to a shift's handover, and what silence leaves unknown. */
import { describe, expect, it } from 'vitest';
import { alertCounts, belongsToSpan, handoverStep, silence } from '../../../server/handover/assemble.ts';
import type { Alert } from '../../../shared/alert-state.ts';
import type { AlertState, TakenStep } from '../../../shared/alert-step.ts';
import type { HandoverStep } from '../../../shared/handover.ts';
import { alertOf } from '../../support/handovers.ts';

const SPAN = { fromMs: Date.parse('2026-03-01T14:00:00Z'), toMs: Date.parse('2026-03-01T22:00:00Z') };
const at = (time: string): string => `2026-03-01T${time}:00.000Z`;
const step = (act: string, time: string): HandoverStep => ({
  ...{ act, at: at(time), by: 'desk-1', role: 'dispatcher', detail: null, note: null },
});
const told = (
  raised: string,
  state: AlertState,
  ...steps: HandoverStep[]
): { alert: Alert; state: AlertState; steps: HandoverStep[] } => ({
  ...{ alert: alertOf({ raisedAt: at(raised), state }), state, steps: [step('raise', raised), ...steps] },
});

describe('an alert', () => {
  it('belongs to the shift in which it was raised, handled, or open at its end', () => {
    expect(belongsToSpan(told('15:00', 'raised'), SPAN)).toBe(true);
    expect(belongsToSpan(told('09:00', 'assigned'), SPAN)).toBe(true);
    expect(belongsToSpan(told('09:00', 'resolved', step('resolve', '14:30')), SPAN)).toBe(true);
    expect(belongsToSpan(told('09:00', 'resolved', step('resolve', '13:59')), SPAN)).toBe(false);
  });

  it('is counted by what was decided in the shift', () => {
    const alerts = [
      told('09:00', 'resolved', step('resolve', '14:30')),
      told('15:00', 'dismissed', step('dismiss', '15:10')),
      told('16:00', 'acknowledged', step('acknowledge', '16:02')),
      told('09:30', 'raised'),
    ];
    expect(alertCounts(alerts, SPAN)).toEqual({ raised: 2, resolved: 1, dismissed: 1, openAtEnd: 2 });
  });
});

describe('a step', () => {
  const taken = (own: TakenStep['step']): HandoverStep =>
    handoverStep({ version: 2, at: at('15:00'), by: 'desk-1', role: 'dispatcher', step: own });
  it.each<[TakenStep['step'], Partial<HandoverStep>]>([
    [{ act: 'raise' }, { act: 'raise', detail: null, note: null }],
    [
      { act: 'assign', unit: 'MT-12', note: 'by car' },
      { detail: 'MT-12', note: 'by car' },
    ],
    [{ act: 'resolve', outcome: 'nothing-found' }, { detail: 'nothing-found' }],
    [{ act: 'dismiss', reason: 'known-event' }, { detail: 'known-event' }],
    [{ act: 'shelve', minutes: 10 }, { detail: '10' }],
  ])('%o is told with who, when and what', (own, expected) => {
    expect(taken(own)).toMatchObject({ at: at('15:00'), by: 'desk-1', role: 'dispatcher', ...expected });
  });
});

describe('silence', () => {
  const outage = (feed: string, from: string, to: string | null) => ({
    ...{ agency: 'police' as const, feed, from: at(from), to: to === null ? null : at(to) },
  });
  it('is of a part of the shift, of all of it, or of none', () => {
    const outages = [
      outage('part', '15:00', '15:30'),
      outage('ends', '20:00', null),
      outage('all', '13:00', null),
      outage('other', '13:00', null),
    ];
    const feeds = ['police/part', 'police/ends', 'police/all', 'police/well'];
    expect(silence(feeds, outages, SPAN)).toEqual({ known: 4, silentInPart: 2, silentThroughout: 1 });
    expect(silence([], outages, SPAN)).toEqual({ known: 0, silentInPart: 0, silentThroughout: 0 });
  });
});
