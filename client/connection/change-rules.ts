/** Reads, tries and changes the rules that raise alerts. */
import type { AlertRule } from '../../shared/alert.ts';
import type { NamedRule, RuleDryRun } from '../../shared/alert-rule.ts';
import { changeServer, type Changed } from './change-server.ts';

const RULES = '/api/alert-rules';
/** A month of a large force's incidents takes its time. */
const DRY_RUN_MS = 60_000;

export type RuleToSave = Pick<NamedRule, 'name' | 'priority' | 'enabled' | 'rule'> & { dryRun?: string };

export async function readRules(): Promise<Changed<NamedRule[]>> {
  const answer = await changeServer<{ rules: NamedRule[] }>('GET', RULES);
  return answer.kind === 'done' ? { kind: 'done', value: answer.value.rules } : answer;
}

export function tryRule(rule: AlertRule): Promise<Changed<RuleDryRun>> {
  return changeServer('POST', `${RULES}/dry-run`, { rule }, DRY_RUN_MS);
}

/** Where `kept` is given, as its next version. */
export function saveRule(
  saving: RuleToSave,
  kept?: Pick<NamedRule, 'id' | 'version'>,
): Promise<Changed<NamedRule>> {
  if (kept === undefined) return changeServer('POST', RULES, saving);
  return changeServer('PUT', `${RULES}/${kept.id}`, { ...saving, expectedVersion: kept.version });
}

export function removeRule({ id, version }: Pick<NamedRule, 'id' | 'version'>): Promise<Changed<null>> {
  return changeServer('DELETE', `${RULES}/${id}?expectedVersion=${version}`);
}
