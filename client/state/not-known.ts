/** Where nothing can be known now, and why: force areas without a feed that speaks, and cells that a quiet feed would tell of. */
import { coarseCell, type Cell } from '../../shared/cell.ts';
import type { Agency } from '../../shared/category.ts';
import type { Coverage } from '../../shared/coverage.ts';
import type { FeedCondition, FeedState } from '../../shared/feed.ts';
import { UNASSIGNED, type Force } from '../../shared/force.ts';
import type { DataState } from '../../shared/national.ts';
import { parseInstant } from '../../shared/time.ts';

/** Why nothing is known: no feed ever told of it, or those that would are silent or late. */
export type Unknown = Exclude<DataState, 'live'>;

export interface QuietFeed {
  agency: Agency;
  feed: string;
  condition: Exclude<FeedCondition, 'live'>;
  /** Epoch milliseconds. */
  knownUntilMs: number;
  /** Which part of all that is told comes from it where that is most: 0 to 1. */
  share: number;
}

export interface Missing {
  why: QuietFeed['condition'];
  /** Epoch milliseconds. */
  knownUntilMs: number;
  /** Which part of what is told there is missing: 0 to 1. */
  share: number;
}

export interface NotKnown {
  /** Forces of which no feed speaks. */
  forces: ReadonlyMap<Force, Unknown>;
  /** Coarse cells that some feed would tell of that does not speak. */
  cells: ReadonlyMap<Cell, Missing>;
  /** Each once, the silent first, of these those that tell most. */
  feeds: readonly QuietFeed[];
}

export const ALL_KNOWN: NotKnown = { forces: new Map(), cells: new Map(), feeds: [] };

export function notKnown({ forces }: Coverage): NotKnown {
  const unknown = new Map<Force, Unknown>();
  const cells = new Map<Cell, Missing>();
  const feeds = new Map<string, QuietFeed>();
  for (const { force, data, feeds: own } of forces) {
    // What lies outside of every area is no force of which something ought to be known.
    if (data !== 'live' && force !== UNASSIGNED) unknown.set(force, data);
    for (const { agency, feed, condition, knownUntil, share, cells: told } of own) {
      if (condition === 'live') continue;
      const knownUntilMs = parseInstant(knownUntil) ?? 0;
      const name = `${agency}/${feed}`;
      const most = Math.max(share, feeds.get(name)?.share ?? 0);
      feeds.set(name, { agency, feed, condition, knownUntilMs, share: most });
      for (const cell of told ?? [])
        cells.set(cell, worse(cells.get(cell), { why: condition, knownUntilMs, share }));
    }
  }
  return { forces: unknown, cells, feeds: worstFirst([...feeds.values()]) };
}

/**
 * Until the server has said what its feeds cover: whatever is shown may lack what a quiet feed would tell.
 * @param shown cells that something is shown of
 */
export function notKnownBeforeCoverage(
  feeds: readonly Pick<FeedState, 'agency' | 'feed' | 'condition' | 'lastReceivedAt'>[],
  shown: Iterable<Cell>,
): NotKnown {
  const quiet = feeds.flatMap(({ agency, feed, condition, lastReceivedAt }): QuietFeed[] =>
    condition === 'live'
      ? []
      : [{ agency, feed, condition, knownUntilMs: parseInstant(lastReceivedAt) ?? 0, share: 1 }],
  );
  const [worst] = worstFirst(quiet);
  if (worst === undefined) return ALL_KNOWN;
  const told = { why: worst.condition, knownUntilMs: worst.knownUntilMs, share: 1 };
  return {
    forces: new Map(),
    cells: new Map([...shown].map((cell) => [coarseCell(cell), told])),
    feeds: worstFirst(quiet),
  };
}

function worse(one: Missing | undefined, other: Missing): Missing {
  if (one === undefined) return other;
  return {
    why: one.why === 'silent' ? 'silent' : other.why,
    knownUntilMs: Math.min(one.knownUntilMs, other.knownUntilMs),
    share: Math.min(1, one.share + other.share),
  };
}

function worstFirst(feeds: readonly QuietFeed[]): QuietFeed[] {
  const order = ({ condition }: QuietFeed): number => (condition === 'silent' ? 0 : 1);
  return feeds.toSorted((one, other) => order(one) - order(other) || other.share - one.share);
}

/** Steps, so that a map is not drawn again each second. */
const STEPS = 4;
const LEAST_FRESHNESS = 0.25;

/**
 * How far a forecast there is still of the present: 1 while its data are, then less in steps, least once they are as
 * old as the forecast looks ahead; in proportion to the part of them that is missing.
 */
export function freshnessAt(
  cell: Cell,
  { cells }: NotKnown,
  { nowMs, horizonHours }: { nowMs: number; horizonHours: number },
): number {
  // Most of the time: every feed speaks, and thousands of hexagons are asked about each second.
  if (cells.size === 0) return 1;
  const known = cells.get(coarseCell(cell));
  if (known === undefined) return 1;
  const age = Math.max(0, Math.min(1, (nowMs - known.knownUntilMs) / (horizonHours * 3_600_000)));
  return 1 - known.share * (1 - LEAST_FRESHNESS) * (Math.ceil(age * STEPS) / STEPS);
}
