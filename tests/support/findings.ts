/** Findings as a detector makes them, for tests of what becomes of them. */
import type { AlertFinding } from '../../shared/alert-state.ts';
import { cellAt } from '../../shared/cell.ts';
import type { Found } from '../../server/alerts/raise-alert.ts';

/** Far enough from every other index that no two touch. */
export function placeOf(index: number): string {
  return cellAt(51.3 + index * 0.02, -0.12);
}

export function finding(change: Partial<AlertFinding> = {}): AlertFinding {
  return {
    ...{ kind: 'emerging', class: 'new', since: '2026-03-01T21:40:00.000Z', theme: 'all' },
    ...{ cells: [placeOf(0)], observed: 9, expected: 1.4, likelihoodRatio: 34.5, onceInDays: 30 },
    window: { from: '2026-03-01T20:40:00.000Z', to: '2026-03-01T21:40:00.000Z' },
    ...{ nearRepeat: null, rule: null, over: false },
    ...change,
  };
}

export function found(index: number, change: Partial<Found> = {}): Found {
  return {
    ...{ force: 'kent', place: `emerging:${index}`, priority: 'medium', sensitive: false },
    finding: finding({ cells: [placeOf(index)] }),
    ...change,
  };
}
