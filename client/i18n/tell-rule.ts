/** What a rule would have raised, in a sentence. */
import type { RuleFigures } from '../../shared/alert-rule.ts';
import { formatCount, formatExpected } from './format.ts';
import { words } from './words.ts';

export function tellFigures({ alerts, days, alertsPerShift, mostInAShift }: RuleFigures): string {
  if (alerts === 0) return words.ruleNothing;
  return words.ruleFigures(
    formatCount(alerts),
    days,
    formatExpected(alertsPerShift),
    formatCount(mostInAShift),
  );
}
