/** Which incidents a reader wants to see in lists: by category, by origin, and by what became of them. */
import { CATEGORIES, type Category } from '../../shared/category.ts';
import { ORIGINS, type Origin } from '../../shared/incident.ts';
import type { ShownIncident } from '../../shared/messages.ts';
import { isTimed } from '../../shared/period.ts';
import { HOUR_MS, parseInstant } from '../../shared/time.ts';

/** `late`: known more than an hour after it happened; `corrected`: not as first told; `cancelled`: taken back. */
export const MARKS = ['late', 'corrected', 'cancelled'] as const;
export type Mark = (typeof MARKS)[number];

/** Empty lists ask for everything. */
export interface IncidentFilter {
  categories: readonly Category[];
  origins: readonly Origin[];
  /** Any of them. */
  marks: readonly Mark[];
}

export const NO_FILTER: IncidentFilter = { categories: [], origins: [], marks: [] };

const LATE_MS = HOUR_MS;

type Marked = Pick<
  ShownIncident,
  'occurredAt' | 'occurredUntil' | 'timePrecision' | 'receivedAt' | 'revision' | 'status'
>;

export function marksOf(incident: Marked): Mark[] {
  const { occurredAt, occurredUntil, timePrecision, receivedAt, revision, status } = incident;
  const happened = parseInstant(occurredUntil ?? occurredAt);
  const received = parseInstant(receivedAt);
  const isLate =
    // Of a day or month nobody knows how late it was told.
    isTimed(timePrecision) &&
    happened !== undefined &&
    received !== undefined &&
    received - happened > LATE_MS;
  return MARKS.filter(
    (mark) =>
      (mark === 'late' && isLate) ||
      (mark === 'corrected' && revision > 1 && status !== 'cancelled') ||
      (mark === 'cancelled' && status === 'cancelled'),
  );
}

export function passes({ categories, origins, marks }: IncidentFilter, incident: ShownIncident): boolean {
  return (
    (categories.length === 0 || categories.includes(incident.category)) &&
    (origins.length === 0 || origins.includes(incident.origin)) &&
    (marks.length === 0 || marksOf(incident).some((mark) => marks.includes(mark)))
  );
}

export function isFiltering({ categories, origins, marks }: IncidentFilter): boolean {
  return categories.length > 0 || origins.length > 0 || marks.length > 0;
}

/** From the address: `category=burglary,robbery&origin=live&mark=late`; what it does not know is ignored. */
export function readFilter(asked: URLSearchParams): IncidentFilter {
  return {
    categories: chosen(asked.get('category'), CATEGORIES),
    origins: chosen(asked.get('origin'), ORIGINS),
    marks: chosen(asked.get('mark'), MARKS),
  };
}

export function writeFilter({ categories, origins, marks }: IncidentFilter, into: URLSearchParams): void {
  if (categories.length > 0) into.set('category', categories.join(','));
  if (origins.length > 0) into.set('origin', origins.join(','));
  if (marks.length > 0) into.set('mark', marks.join(','));
}

/** With the choice added, or taken out where it was in; in the order of `all`, so that an address is one of its kind. */
export function toggled<Choice>(
  all: readonly Choice[],
  chosenNow: readonly Choice[],
  choice: Choice,
): Choice[] {
  return all.filter((one) => chosenNow.includes(one) !== (one === choice));
}

function chosen<Choice extends string>(text: string | null, all: readonly Choice[]): Choice[] {
  const named = (text ?? '').split(',');
  return all.filter((one) => named.includes(one));
}
