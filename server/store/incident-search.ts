/** Looks incidents up by time, place and category, a page at a time. */
import type { StoredIncident } from '../../shared/announcement.ts';
import type { Category } from '../../shared/category.ts';
import type { Force } from '../../shared/force.ts';
import { INCIDENT_COLUMNS, incidentOfRow, type IncidentRow } from './batch-store.ts';
import type { Database } from './database.ts';

export interface IncidentSearch {
  from: string;
  to: string;
  forces: readonly Force[];
  bbox?: { west: number; south: number; east: number; north: number };
  category?: Category;
  limit: number;
  /** In which days and months begin. */
  timeZone: string;
  /** Where the page before ended. */
  after?: PageEnd;
}

/** Names an incident: `name` is `agency/feed/id`. */
export interface PageEnd {
  occurredAt: string;
  name: string;
}

/** So many stored revisions are looked through for one page, whether they are of use or not. */
export const MOST_EXAMINED = 20_000;

const KEY = '(i.occurred_at, i.agency, i.feed, i.id)';
const PERIOD_START = 'date_trunc(i.time_precision, i.occurred_at, $18)';
const PERIOD_END = `(date_trunc(i.time_precision, i.occurred_at at time zone $18)
         + ('1 ' || i.time_precision)::interval) at time zone $18`;

/**
 * Incidents that count and happened in the span, oldest first; where only the day or month is known, all of it
 * must lie in the span: whoever asks for an hour is not told of a month. `end` is where the next page begins, absent on the last page. A page may
 * be short, even empty, and not be the last: what is rare within a long span takes several.
 */
export async function searchIncidents(
  database: Database,
  search: IncidentSearch,
): Promise<{ incidents: StoredIncident[]; end?: PageEnd }> {
  const { forces, bbox, category, limit, from, to, timeZone } = search;
  const after = keyOf(beginning(search));
  const examined = await selectLastExamined(database, after, to);
  const last = keyOf(examined ?? { occurredAt: 'infinity', name: '' });
  const { rows } = await database.query<IncidentRow>(
    `select ${INCIDENT_COLUMNS} from incidents i
     join incident_keys k using (agency, feed, id, revision)
     where i.occurred_at >= $1 and ${KEY} > ($1, $2, $3, $4)
       and i.occurred_at <= $5 and ${KEY} <= ($5, $6, $7, $8) and i.occurred_at < $9
       and (i.time_precision not in ('day', 'month') or (${PERIOD_START} >= $17 and ${PERIOD_END} <= $9))
       and i.force = any($10) and ($11::text is null or i.category = $11)
       and ($12::float8 is null or (i.lon between $12 and $14 and i.lat between $13 and $15))
     order by i.occurred_at, i.agency, i.feed, i.id limit $16`,
    [
      ...after, ...last, to, forces, category ?? null,
      bbox?.west ?? null, bbox?.south ?? null, bbox?.east ?? null, bbox?.north ?? null, limit + 1,
      from, timeZone,
    ],
  ); // prettier-ignore
  const incidents = rows.slice(0, limit).map(incidentOfRow);
  const full = rows.length > limit ? incidents.at(-1) : undefined;
  const end = full === undefined ? examined : pageEndOf(full);
  return { incidents, ...(end && { end }) };
}

/** The last revision to look through, or `undefined` where all that is left may be. Found in the index alone. */
async function selectLastExamined(
  database: Database,
  after: string[],
  to: string,
): Promise<PageEnd | undefined> {
  const { rows } = await database.query<Pick<IncidentRow, 'occurred_at' | 'agency' | 'feed' | 'id'>>(
    `select i.occurred_at, i.agency, i.feed, i.id from incidents i
     where i.occurred_at >= $1 and ${KEY} > ($1, $2, $3, $4) and i.occurred_at < $5
     order by i.occurred_at, i.agency, i.feed, i.id offset ${MOST_EXAMINED - 1} limit 1`,
    [...after, to],
  );
  const [row] = rows;
  return row === undefined ? undefined : pageEndOf({ ...row, occurredAt: row.occurred_at.toISOString() });
}

function pageEndOf({
  occurredAt,
  agency,
  feed,
  id,
}: Pick<StoredIncident, 'occurredAt' | 'agency' | 'feed' | 'id'>): PageEnd {
  return { occurredAt, name: `${agency}/${feed}/${id}` };
}

/** Where the page before ended, or before all that the span holds. */
function beginning({ from, after }: IncidentSearch): PageEnd {
  const isWithin = after !== undefined && Date.parse(after.occurredAt) >= Date.parse(from);
  return isWithin ? after : { occurredAt: from, name: '' };
}

/** As `KEY` is compared with; without a name it comes before every incident of its instant. */
function keyOf({ occurredAt, name }: PageEnd): string[] {
  const [agency = '', feed = '', id = ''] = name.split('/');
  return [occurredAt, agency, feed, id];
}
