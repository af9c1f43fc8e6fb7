/** The rules that administrators write, who changed them, and the dry runs that they were shown. */
import { isDeepStrictEqual } from 'node:util';
import type { AlertRule } from '../../shared/alert.ts';
import type { NamedRule, RuleFigures } from '../../shared/alert-rule.ts';
import { formatInstant } from '../../shared/time.ts';
import type { Database, Transaction } from './database.ts';

type Body = Pick<NamedRule, 'name' | 'priority' | 'rule' | 'figures'>;

interface RuleRow {
  id: number;
  version: number;
  enabled: boolean;
  body: Body;
  changed_at: Date;
  changed_by: string;
}

const COLUMNS = 'id, version, enabled, body, changed_at, changed_by';

function namedRule({ id, version, enabled, body, changed_at, changed_by }: RuleRow): NamedRule {
  const changedAt = formatInstant(changed_at.getTime());
  return { id, version, enabled, ...body, changedAt, changedBy: changed_by };
}

export async function selectRules(database: Pick<Database, 'query'>): Promise<NamedRule[]> {
  const { rows } = await database.query<RuleRow>(`select ${COLUMNS} from alert_rules order by id`);
  return rows.map(namedRule);
}

/** Another number whenever any rule was written, changed or removed: what was read with it stays true as long as it does. */
export async function selectRulesStamp(database: Pick<Database, 'query'>): Promise<number> {
  const { rows } = await database.query<{ stamp: number }>(
    'select count(*) as stamp from alert_rule_changes',
  );
  return rows[0]?.stamp ?? 0;
}

/** The rule, held until the transaction ends. */
export async function lockRule(transaction: Transaction, id: number): Promise<NamedRule | undefined> {
  const { rows } = await transaction.query<RuleRow>(
    `select ${COLUMNS} from alert_rules where id = $1 for update`,
    [id],
  );
  return rows[0] && namedRule(rows[0]);
}

export type RuleToSave = Body & { enabled: boolean; changedBy: string };

export async function insertRule(transaction: Transaction, saved: RuleToSave): Promise<NamedRule> {
  const { enabled, changedBy, ...body } = saved;
  const { rows } = await transaction.query<RuleRow>(
    `insert into alert_rules (force, version, enabled, body, changed_by) values ($1, 1, $2, $3, $4)
     returning ${COLUMNS}`,
    [body.rule.force, enabled, JSON.stringify(body), changedBy],
  );
  return noteChange(transaction, rows[0]);
}

/** The next version of a rule that the transaction holds. */
export async function updateRule(
  transaction: Transaction,
  id: number,
  saved: RuleToSave,
): Promise<NamedRule> {
  const { enabled, changedBy, ...body } = saved;
  const { rows } = await transaction.query<RuleRow>(
    `update alert_rules set version = version + 1, force = $2, enabled = $3, body = $4, changed_at = now(),
       changed_by = $5 where id = $1 returning ${COLUMNS}`,
    [id, body.rule.force, enabled, JSON.stringify(body), changedBy],
  );
  return noteChange(transaction, rows[0]);
}

export async function deleteRule(transaction: Transaction, rule: NamedRule, by: string): Promise<void> {
  await transaction.query('delete from alert_rules where id = $1', [rule.id]);
  await insertChange(transaction, { id: rule.id, version: rule.version + 1, by, body: null });
}

async function noteChange(transaction: Transaction, row: RuleRow | undefined): Promise<NamedRule> {
  if (row === undefined) throw new Error('writing a rule returned no row');
  const { id, version, enabled, changed_by: by } = row;
  await insertChange(transaction, { id, version, by, body: JSON.stringify({ ...row.body, enabled }) });
  return namedRule(row);
}

async function insertChange(
  transaction: Transaction,
  { id, version, by, body }: { id: number; version: number; by: string; body: string | null },
): Promise<void> {
  await transaction.query(
    'insert into alert_rule_changes (rule, version, by_name, body) values ($1, $2, $3, $4)',
    [id, version, by, body],
  );
}

/** Keeps what somebody was shown, and forgets what is older than a day. */
export async function insertDryRun(
  database: Pick<Database, 'query'>,
  shown: { id: string; by: string; rule: AlertRule; figures: RuleFigures },
): Promise<void> {
  await database.query(`delete from alert_rule_dry_runs where at < now() - interval '1 day'`);
  await database.query(
    'insert into alert_rule_dry_runs (id, by_name, rule, figures) values ($1, $2, $3, $4)',
    [...[shown.id, shown.by, JSON.stringify(shown.rule), JSON.stringify(shown.figures)]],
  );
}

/** What they were shown of this very rule, within the last hour. */
export async function selectDryRun(
  database: Pick<Database, 'query'>,
  { id, by, rule }: { id: string; by: string; rule: AlertRule },
): Promise<RuleFigures | undefined> {
  const { rows } = await database.query<{ rule: AlertRule; figures: RuleFigures }>(
    `select rule, figures from alert_rule_dry_runs where id = $1 and by_name = $2 and at > now() - interval '1 hour'`,
    [id, by],
  );
  return rows[0] !== undefined && isDeepStrictEqual(rows[0].rule, rule) ? rows[0].figures : undefined;
}
