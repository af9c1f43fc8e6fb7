/** Alerts as a screen gets them, for tests of what it makes of them. */
import type { Alert, AlertFinding } from '../../shared/alert-state.ts';
import { cellAt } from '../../shared/cell.ts';

function finding(): AlertFinding {
  return {
    ...{ kind: 'emerging', class: 'new', since: '2026-03-01T21:40:00.000Z', theme: 'all' },
    ...{ cells: [cellAt(51.3, -0.12)], observed: 9, expected: 1.4, likelihoodRatio: 34.5, onceInDays: 30 },
    window: { from: '2026-03-01T20:40:00.000Z', to: '2026-03-01T21:40:00.000Z' },
    ...{ nearRepeat: null, rule: null, over: false },
  };
}

export function alert(id: string, change: Partial<Alert> = {}, found: Partial<AlertFinding> = {}): Alert {
  return {
    ...{ id, force: 'kent', version: 1, revision: 1, priority: 'medium', state: 'raised', coarse: false },
    finding: { ...finding(), ...found },
    ...{ raisedAt: '2026-03-01T21:40:00.000Z', changedAt: '2026-03-01T21:40:00.000Z', escalatedAt: null },
    ...{ shelvedUntil: null, heldBack: false, parent: null, holder: null, unit: null },
    ...{ outcome: null, dismissal: null },
    ...change,
  };
}
