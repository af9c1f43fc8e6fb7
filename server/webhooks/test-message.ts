/** What a webhook is sent to try it: a message that says that nothing has happened. */
import type { Alert } from '../../shared/alert-state.ts';
import { cellAt } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import { formatInstant, HOUR_MS } from '../../shared/time.ts';
import { capMessage, type CapContext } from '../cap/cap-message.ts';

/** The Royal Observatory, on the meridian: a place that nobody takes for news. */
const NOWHERE = cellAt(51.4779, 0);

export function testMessage(context: CapContext, { force, nowMs }: { force: Force; nowMs: number }): string {
  const at = formatInstant(nowMs);
  const alert: Alert = {
    ...{ id: 'test', force, version: 1, revision: 1, priority: 'low', state: 'raised', coarse: false },
    ...{ raisedAt: at, changedAt: at, escalatedAt: null, shelvedUntil: null, heldBack: false },
    ...{ parent: null, holder: null, unit: null, outcome: null, dismissal: null },
    finding: {
      ...{
        kind: 'rule',
        class: null,
        since: at,
        theme: 'all',
        cells: [NOWHERE],
        observed: 0,
        expected: null,
      },
      window: { from: formatInstant(nowMs - HOUR_MS), to: at },
      ...{
        likelihoodRatio: null,
        onceInDays: null,
        nearRepeat: null,
        rule: { id: 0, name: 'Test' },
        over: true,
      },
    },
  };
  return capMessage(alert, { ...context, status: 'Test' });
}
