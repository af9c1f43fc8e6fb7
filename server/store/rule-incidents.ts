/** The past that a rule's dry run counts: incidents as they stand, with when one could first know of them. */
import type { KnownRuleIncident } from '../../models/emerging/rule-dry-run.ts';
import type { AlertRule } from '../../shared/alert.ts';
import type { Database } from './database.ts';
import { KNOWN_AT } from './known-at.ts';

interface RuleRow extends Omit<KnownRuleIncident, 'occurredAtMs' | 'timePrecision' | 'knownAtMs'> {
  occurred_at: Date;
  time_precision: KnownRuleIncident['timePrecision'];
  known_at: Date;
}

/** Those of the rule's force, categories and severity that happened in the span; its markers and area are left to it. */
export async function selectRuleIncidents(
  database: Pick<Database, 'query'>,
  { force, categories, minimumSeverity }: Pick<AlertRule, 'force' | 'categories' | 'minimumSeverity'>,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<KnownRuleIncident[]> {
  const { rows } = await database.query<RuleRow>(
    `select i.agency || '/' || i.feed || '/' || i.id as id, to_hex(i.cell) as cell, i.occurred_at, i.time_precision,
       i.category, i.markers, i.discovery, i.lat, i.lon, i.severity, i.force,
       least(${KNOWN_AT}, first.known_at) as known_at
     from incidents i
     join incident_keys k using (agency, feed, id, revision)
     left join lateral (
       select min(${KNOWN_AT}) as known_at from incident_history_keys h
       join incidents i using (agency, feed, id, revision, occurred_at)
       where h.agency = k.agency and h.feed = k.feed and h.id = k.id
     ) first on i.revision > 1
     where i.occurred_at >= $1 and i.occurred_at < $2 and i.force = $3 and i.status <> 'cancelled'
       and i.severity >= $4 and (cardinality($5::text[]) = 0 or i.category = any($5))`,
    [new Date(fromMs), new Date(toMs), force, minimumSeverity, categories],
  );
  return rows.map(({ occurred_at, time_precision, known_at, ...row }) => ({
    ...row,
    occurredAtMs: occurred_at.getTime(),
    timePrecision: time_precision,
    knownAtMs: known_at.getTime(),
  }));
}
