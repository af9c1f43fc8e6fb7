/** What happened in a window, and in the year before it, as it was known at an instant. */
import type { Category, Marker } from '../../shared/category.ts';
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { TimePrecision } from '../../shared/incident.ts';
import type { Transaction } from './database.ts';
import { KNOWN_AT } from './known-at.ts';
import { selectSupersededBy } from './later-revisions.ts';

/** One that feeds the model. */
export interface KnownOutcome {
  cell: Cell;
  category: Category;
  markers: Marker[];
  timePrecision: TimePrecision;
}

export interface OutcomeSpan {
  force: Force;
  fromMs: number;
  toMs: number;
  /** What became known at or after it is left out. */
  knownByMs: number;
}

interface OutcomeRow extends Omit<KnownOutcome, 'timePrecision'> {
  agency: string;
  feed: string;
  id: string;
  revision: number;
  status: string;
  time_precision: TimePrecision;
  /** Whether a later revision is known by now. */
  corrected: boolean;
}

/** Incidents by the latest revision known by then, unless it was cancelled. */
export async function selectKnownOutcomes(
  transaction: Transaction,
  { force, fromMs, toMs, knownByMs }: OutcomeSpan,
): Promise<KnownOutcome[]> {
  const { rows } = await transaction.query<OutcomeRow>(
    `select i.agency, i.feed, i.id, i.revision, i.status, to_hex(i.cell) as cell, i.category, i.markers, i.time_precision,
       k.revision > i.revision as corrected
     from incidents i join incident_keys k on k.agency = i.agency and k.feed = i.feed and k.id = i.id
     where i.occurred_at >= $1 and i.occurred_at < $2 and i.force = $3 and i.discovery = 'reported' and ${KNOWN_AT} < $4`,
    [new Date(fromMs), new Date(toMs), force, new Date(knownByMs)],
  );
  const superseded = await selectSupersededBy(
    transaction,
    rows.filter(({ corrected }) => corrected),
    knownByMs,
  );
  return rows
    .filter((row) => row.status !== 'cancelled' && !superseded.has(row))
    .map(({ cell, category, markers, time_precision }) => ({
      ...{ cell, category, markers, timePrecision: time_precision },
    }));
}

/** Whether, by then, anything had been told of that happened from `fromMs` on and is timed finely enough. */
export async function isCoveredFrom(
  transaction: Transaction,
  { force, fromMs, knownByMs }: Omit<OutcomeSpan, 'toMs'>,
  precisions: readonly TimePrecision[],
): Promise<boolean> {
  const { rows } = await transaction.query<{ covered: boolean }>(
    `select exists (
       select from incidents i
       where i.occurred_at >= $1 and i.occurred_at < $2 and i.force = $3 and i.discovery = 'reported'
         and ${KNOWN_AT} < $2 and i.time_precision = any($4)
     ) as covered`,
    [new Date(fromMs), new Date(knownByMs), force, precisions],
  );
  return rows[0]?.covered === true;
}

export interface YearCount extends KnownOutcome {
  incidents: number;
}

/** Counts per cell of what happened in the span, was known at its end, and has not been corrected since. */
export async function selectYearCounts(
  transaction: Transaction,
  { force, fromMs, toMs }: Omit<OutcomeSpan, 'knownByMs'>,
): Promise<YearCount[]> {
  const { rows } = await transaction.query<
    Pick<OutcomeRow, 'cell' | 'category' | 'markers' | 'time_precision'> & { incidents: number }
  >(
    `select to_hex(i.cell) as cell, i.category, i.markers, i.time_precision, count(*)::int as incidents
     from incidents i
     where i.occurred_at >= $1 and i.occurred_at < $2 and i.force = $3 and i.discovery = 'reported'
       and i.status <> 'cancelled' and ${KNOWN_AT} < $2
       and not exists (
         select from incident_history_keys h
         where h.agency = i.agency and h.feed = i.feed and h.id = i.id and h.revision = i.revision)
     group by i.cell, i.category, i.markers, i.time_precision`,
    [new Date(fromMs), new Date(toMs), force],
  );
  return rows.map(({ time_precision, ...row }) => ({ ...row, timePrecision: time_precision }));
}
