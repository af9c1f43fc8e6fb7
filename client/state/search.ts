/** What a typed word may mean: a hexagon, coordinates, a place, a force, a feed, or an incident. */
import { cellAt, coarseCell, finenessOf, type Cell } from '../../shared/cell.ts';
import type { Agency } from '../../shared/category.ts';
import type { Force } from '../../shared/force.ts';
import type { FeedState } from '../../shared/feed.ts';
import type { ShownIncident } from '../../shared/messages.ts';
import type { SearchFound } from '../../shared/search.ts';
import { TOWNS } from './gazetteer.ts';

export type Found =
  | { kind: 'cell'; cell: Cell }
  | { kind: 'point' | 'place'; name: string; cell: Cell }
  | { kind: 'force'; force: Force; name: string }
  | { kind: 'feed'; agency: Agency; feed: string; name: string }
  | { kind: 'incident'; incident: ShownIncident; cell: Cell };

export interface Searchable {
  forces: readonly Force[];
  feeds: readonly FeedState[];
  incidents: readonly ShownIncident[];
  /** Whether places may be shown in coarse hexagons only. */
  coarse: boolean;
  forceName: (force: Force) => string;
  feedName: (feed: FeedState) => string;
}

const MOST = 12;
const COORDINATES = /^\s*([+-]?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*$/;

/** The likeliest first: what the word is exactly, then what begins with it, then what contains it. */
export function search(text: string, known: Searchable): Found[] {
  const word = folded(text.trim());
  if (word === '') return [];
  const exact = [...cellOf(word, known), ...pointOf(text, known)];
  const named: { found: Found; names: string[] }[] = [
    ...known.forces.map((force) => {
      const name = known.forceName(force);
      return { found: { kind: 'force', force, name } as const, names: [name, force] };
    }),
    ...TOWNS.map(({ name, welsh, latitude, longitude }) => {
      const cell = placed(latitude, longitude, known);
      const shown = welsh === undefined ? name : `${name} / ${welsh}`;
      return { found: { kind: 'place', name: shown, cell } as const, names: [name, welsh ?? name] };
    }),
    ...known.feeds.map((state) => {
      const { agency, feed } = state;
      const name = known.feedName(state);
      return {
        found: { kind: 'feed', agency, feed, name } as const,
        names: [feed, name, `${agency}/${feed}`],
      };
    }),
    ...known.incidents.map((incident) => ({
      found: { kind: 'incident', incident, cell: incident.cell } as const,
      names: [incident.id],
    })),
  ];
  const ranked = named
    .map(({ found, names }) => ({
      found,
      worth: Math.max(...names.map((name) => worthOf(folded(name), word))),
    }))
    .filter(({ worth }) => worth > 0)
    .sort((one, other) => other.worth - one.worth);
  return [...exact, ...ranked.map(({ found }) => found)].slice(0, MOST);
}

/** What the server found, as the reader chooses among it. */
export function foundByServer({ incidents, neighbourhoods }: SearchFound, known: Searchable): Found[] {
  return [
    ...neighbourhoods.map(({ force, name, lat, lon }): Found => {
      const shown = `${name} (${known.forceName(force)})`;
      return { kind: 'place', name: shown, cell: placed(lat, lon, known) };
    }),
    ...incidents.map((incident): Found => ({ kind: 'incident', incident, cell: incident.cell })),
  ];
}

/** Names what is found, so that the server's answer does not list again what is known here. */
export function keyOf(found: Found): string {
  switch (found.kind) {
    case 'incident': {
      const { agency, feed, id } = found.incident;
      return `incident ${agency}/${feed}/${id}`;
    }
    case 'force':
      return `force ${found.force}`;
    case 'feed':
      return `feed ${found.agency}/${found.feed}`;
    case 'cell':
      return `cell ${found.cell}`;
    case 'point':
    case 'place':
      return `${found.kind} ${found.name}`;
  }
}

function cellOf(word: string, { coarse }: Searchable): Found[] {
  if (finenessOf(word) === undefined) return [];
  return [{ kind: 'cell', cell: coarse ? coarseCell(word) : word }];
}

function pointOf(text: string, known: Searchable): Found[] {
  const [, north, east] = COORDINATES.exec(text) ?? [];
  const [latitude, longitude] = [Number(north), Number(east)];
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return [];
  return [{ kind: 'point', name: `${latitude}, ${longitude}`, cell: placed(latitude, longitude, known) }];
}

function placed(latitude: number, longitude: number, { coarse }: Searchable): Cell {
  const cell = cellAt(latitude, longitude);
  return coarse ? coarseCell(cell) : cell;
}

function worthOf(name: string, word: string): number {
  if (name === word) return 4;
  if (name.startsWith(word)) return 3;
  if (name.split(/[\s/-]/).some((part) => part.startsWith(word))) return 2;
  return word.length > 2 && name.includes(word) ? 1 : 0;
}

/** Without accents and capitals: nobody types a circumflex in haste. */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
