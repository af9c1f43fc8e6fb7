/** A stretch of what was announced, boiled down to what counts, and to where in the archive the rest stands. */
import type {
  IncidentChange,
  IncidentsStored,
  StoredIncident,
  Superseded,
} from '../../shared/announcement.ts';
import type { Cell } from '../../shared/cell.ts';
import { isSensitive } from '../../shared/category.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import { harmOf } from '../../shared/harm.ts';
import type { Origin } from '../../shared/incident.ts';
import { periodOf, type Period } from '../../shared/period.ts';
import { THEMES, themesOf, type Theme } from '../../shared/theme.ts';
import { MINUTE_MS, type TimeZone } from '../../shared/time.ts';
import { countStep } from '../gateway/live-picture.ts';
import { Columns, wordOf } from './columns.ts';
import { incidentKey } from './incident-key.ts';

/** An archived message, with as much of it as a tally needs. */
export interface ToldMessage {
  seq: number;
  stampMs: number;
  subject: string;
  /** Of incidents: all of it. */
  stored: IncidentsStored | null;
  /** Of a ranking: its name beside its force. */
  theme: Theme | null;
  horizonHours: HorizonHours | null;
}

/** How an incident's place, or the one it was corrected from, changes what is counted. */
export const COUNTED = [
  'cell',
  'force',
  'themes',
  'sensitive',
  'step',
  'period',
  'origin',
  'harm',
  'change',
] as const;
/** An incident as a list needs it: which, how new, and where it stands: the message's `seq`, and its place in that. */
export const LISTED = ['seq', 'index', 'key', 'revision', 'receivedMs', 'force', 'themes', 'origin'] as const;

export interface Tally {
  /** After this seq, up to and with the other. */
  fromSeq: number;
  toSeq: number;
  fromStampMs: number;
  toStampMs: number;
  /** What the columns' numbers stand for. */
  words: { cells: Cell[]; forces: Force[]; periods: Period[]; origins: Origin[] };
  counted: Columns<(typeof COUNTED)[number]>;
  listed: Columns<(typeof LISTED)[number]>;
  /** Of each ranking the last. */
  rankings: [force: Force, theme: Theme, horizonHours: HorizonHours, seq: number][];
  /** Of each feed the last; `agency/feed`. */
  feeds: [name: string, seq: number][];
  alerts: number[];
  /** `batch.part` of what was counted. */
  parts: string[];
  /** Seqs of what was announced again, and is not in here. */
  repeats: number[];
  /** How many new incidents became known, by force, themes and minute: epoch milliseconds / `MINUTE_MS`. */
  known: [force: Force, themes: number, minute: number, incidents: number][];
  messages: number;
}

/** A bit for each theme, in the order of `THEMES`. */
export function themeBits(themes: readonly Theme[]): number {
  return themes.reduce((bits, theme) => bits | (1 << THEMES.indexOf(theme)), 0);
}

export const NONE = -1;

/** Messages without a hole between them; `isNew` is asked once of each batch's part, in order. */
export function tallyOf(
  after: { seq: number; stampMs: number },
  told: readonly ToldMessage[],
  isNew: (part: Pick<IncidentsStored, 'batch' | 'part'>) => boolean,
  timeZone: TimeZone,
): Tally {
  const [first, last] = [told[0], told.at(-1)];
  const tally: Tally = {
    ...{ fromSeq: after.seq, toSeq: last?.seq ?? after.seq },
    fromStampMs: first?.stampMs ?? after.stampMs,
    toStampMs: last?.stampMs ?? after.stampMs,
    words: { cells: [], forces: [], periods: [], origins: [] },
    counted: new Columns(COUNTED),
    listed: new Columns(LISTED),
    ...{ rankings: [], feeds: [], alerts: [], parts: [], repeats: [], known: [] },
    messages: told.length,
  };
  const taker = new Taker(tally, timeZone);
  for (const message of told) {
    const { seq, stored } = message;
    if (stored === null) taker.note(message);
    else if (isNew(stored)) taker.take(message, stored);
    else tally.repeats.push(seq);
  }
  taker.finish();
  return tally;
}

class Taker {
  readonly #tally: Tally;
  readonly #timeZone: TimeZone;
  readonly #cells = new Map<Cell, number>();
  readonly #forces = new Map<Force, number>();
  readonly #periods = new Map<Period, number>();
  readonly #origins = new Map<Origin, number>();
  readonly #rankings = new Map<string, Tally['rankings'][number]>();
  readonly #feeds = new Map<string, number>();
  readonly #known = new Map<string, Tally['known'][number]>();

  constructor(tally: Tally, timeZone: TimeZone) {
    this.#tally = tally;
    this.#timeZone = timeZone;
  }

  note({ seq, subject, theme, horizonHours }: ToldMessage): void {
    const [kind, , ...rest] = subject.split('.');
    const force = rest[0] as Force;
    if (kind === 'hotspots' && theme !== null && horizonHours !== null) {
      this.#rankings.set(`${force}|${theme}|${horizonHours}`, [force, theme, horizonHours, seq]);
    } else if (kind === 'feeds') this.#feeds.set(rest.join('/'), seq);
    else if (kind === 'alerts') this.#tally.alerts.push(seq);
  }

  take({ seq, stampMs }: ToldMessage, { batch, part, changes }: IncidentsStored): void {
    this.#tally.parts.push(`${batch}.${part}`);
    const minute = Math.floor(stampMs / MINUTE_MS);
    changes.forEach((change, index) => {
      this.#takeChange(seq, index, change);
      this.#know(change, minute);
    });
  }

  finish(): void {
    const { words } = this.#tally;
    words.cells = [...this.#cells.keys()];
    words.forces = [...this.#forces.keys()];
    words.periods = [...this.#periods.keys()];
    words.origins = [...this.#origins.keys()];
    this.#tally.rankings = [...this.#rankings.values()];
    this.#tally.feeds = [...this.#feeds];
    this.#tally.known = [...this.#known.values()];
  }

  #takeChange(seq: number, index: number, { incident, superseded }: IncidentChange): void {
    const themes = themeBits(themesOf(incident));
    const origin = wordOf(this.#origins, incident.origin);
    if (superseded !== undefined && superseded.status !== 'cancelled') this.#count(superseded, NONE, -1);
    if (incident.status !== 'cancelled') this.#count(incident, origin, 1);
    const force = wordOf(this.#forces, incident.force);
    this.#tally.listed.add([
      ...[seq, index, incidentKey(incident), incident.revision, Date.parse(incident.receivedAt)],
      ...[force, themes, origin],
    ]);
  }

  #know({ incident, superseded }: IncidentChange, minute: number): void {
    if (superseded !== undefined || incident.status === 'cancelled') return;
    const { force } = incident;
    const themes = themeBits(themesOf(incident));
    const name = `${force}|${themes}|${minute}`;
    const known = this.#known.get(name);
    if (known === undefined) this.#known.set(name, [force, themes, minute, 1]);
    else known[3]++;
  }

  #count(place: StoredIncident | Superseded, origin: number, change: 1 | -1): void {
    const period = periodOf(place, this.#timeZone);
    this.#tally.counted.add([
      wordOf(this.#cells, place.cell),
      wordOf(this.#forces, place.force),
      themeBits(themesOf(place)),
      isSensitive(place) ? 1 : 0,
      countStep(place) ?? NONE,
      period === undefined ? NONE : wordOf(this.#periods, period),
      ...[origin, harmOf(place), change],
    ]);
  }
}
