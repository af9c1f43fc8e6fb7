/** Tells how PostgreSQL carried out the very statements that the store sends: each with the rows it looked at. */
import { openDatabase, type Database } from '../../server/store/database.ts';

/** One look at a table within a plan, or at an index of it. */
export interface Scan {
  /** As in `Seq Scan`, `Index Scan`. */
  kind: string;
  /** A hypertable's scans name its chunks. */
  table: string;
  /** Rows read, whether they were of use or not. */
  rows: number;
}

export interface ExecutedPlan {
  sql: string;
  scans: Scan[];
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PlanNode[];
}

/** PostgreSQL's own module tells each plan once it was carried out, with its true numbers. */
const TELL_PLANS = [
  'session_preload_libraries=auto_explain',
  'auto_explain.log_min_duration=0',
  'auto_explain.log_analyze=on',
  'auto_explain.log_timing=off',
  'auto_explain.log_format=json',
  'auto_explain.log_level=notice',
];

export interface ExplainedDatabase {
  database: Database;
  /** The plans of the statements that ended since this was last asked, in their order. */
  takePlans(): ExecutedPlan[];
}

/** A pool whose statements are explained; its user must be a superuser. */
export function explainedDatabase(databaseUrl: string): ExplainedDatabase {
  const url = new URL(databaseUrl);
  url.searchParams.set('options', TELL_PLANS.map((setting) => `-c ${setting}`).join(' '));
  const database = openDatabase({ url: url.href, name: 'explained' });
  let plans: ExecutedPlan[] = [];
  database.on('connect', (client) => {
    client.on('notice', ({ message = '' }) => {
      const [, json] = message.split('plan:\n');
      if (json !== undefined)
        plans.push(planOf(JSON.parse(json) as { 'Query Text': string; Plan: PlanNode }));
    });
  });
  return {
    database,
    takePlans: () => {
      const taken = plans;
      plans = [];
      return taken;
    },
  };
}

function planOf({ 'Query Text': sql, Plan }: { 'Query Text': string; Plan: PlanNode }): ExecutedPlan {
  const scans: Scan[] = [];
  collect(Plan, scans);
  return { sql, scans };
}

function collect(node: PlanNode, scans: Scan[]): void {
  const kind = node['Node Type'];
  const table = node['Relation Name'];
  // A custom scan tells what the scans below it have told.
  if (table !== undefined && kind.includes('Scan') && kind !== 'Custom Scan') {
    const perLoop =
      (node['Actual Rows'] ?? 0) +
      (node['Rows Removed by Filter'] ?? 0) +
      (node['Rows Removed by Index Recheck'] ?? 0);
    scans.push({ kind, table, rows: Math.round(perLoop * (node['Actual Loops'] ?? 0)) });
  }
  for (const child of node.Plans ?? []) collect(child, scans);
}
