/** What each force's feeds cover, and where those that do not speak would tell of: there, nothing on the map is no news. */
import Type, { type Static } from 'typebox';
import { AGENCIES } from './category.ts';
import { FORCES_AND_UNASSIGNED } from './force.ts';
import { DATA_STATES } from './national.ts';

export const FeedCoverage = Type.Object({
  agency: Type.Enum([...AGENCIES]),
  feed: Type.String(),
  condition: Type.Enum(['live', 'late', 'silent']),
  /** Up to when what it told can be relied on: it told of nothing later. RFC 3339. */
  knownUntil: Type.String(),
  /** Which part of all that was told of the force came from it: 0 to 1, by the last 100 days at the server's start and since. */
  share: Type.Number(),
  /** Coarse cells of the force that it told of within the last 100 days; null while it is live: then nothing is missing. */
  cells: Type.Union([Type.Array(Type.String()), Type.Null()]),
});
export type FeedCoverage = Static<typeof FeedCoverage>;

export const ForceCoverage = Type.Object({
  force: Type.Enum([...FORCES_AND_UNASSIGNED]),
  data: Type.Enum([...DATA_STATES]),
  feeds: Type.Array(FeedCoverage),
});
export type ForceCoverage = Static<typeof ForceCoverage>;

/** One row for each force that the reader may see, whether anything is known of it or not. */
export const Coverage = Type.Object({ at: Type.String(), forces: Type.Array(ForceCoverage) });
export type Coverage = Static<typeof Coverage>;
