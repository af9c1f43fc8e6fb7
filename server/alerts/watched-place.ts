/** A place that alerts tell of: clusters of several themes that overlap are one concentration, and one alert. */
import type { Detection } from '../../models/emerging/detector.ts';
import type { Theme } from '../../shared/theme.ts';

export interface Member {
  theme: Theme;
  detection: Detection;
  isOpen: boolean;
}

/** JSON, for checkpoints. */
export interface WatchedPlace {
  /** Names the alert. */
  place: string;
  members: Member[];
  /** When its last cluster closed; null while one is open. */
  closedMs: number | null;
  /** Closed, but a feed is silent that tells of it: nobody knows. */
  isUnknown: boolean;
  /** What somebody has decided about, in days between the like by chance; null where the alert is open. */
  decidedOnceInDays: number | null;
}

/** Far beyond what somebody has decided about: it is called again. */
const CALLED_AGAIN_TIMES = 10;

/** What tells most of it: of the clusters that are open, else of all, the one that chance brings least often. */
export function strongestOf({ members }: WatchedPlace): Member | undefined {
  const open = members.filter(({ isOpen }) => isOpen);
  return (open.length > 0 ? open : members).toSorted(
    (one, other) => other.detection.onceInDays - one.detection.onceInDays,
  )[0];
}

export function isOpenPlace({ members }: WatchedPlace): boolean {
  return members.some(({ isOpen }) => isOpen);
}

/** Whether what has been decided about has become something else. */
export function hasOutgrownDecision(watched: WatchedPlace): boolean {
  const { decidedOnceInDays } = watched;
  const now = strongestOf(watched)?.detection.onceInDays ?? 0;
  return decidedOnceInDays !== null && isOpenPlace(watched) && now >= CALLED_AGAIN_TIMES * decidedOnceInDays;
}

/** The theme whose places may be shown finely to the cleared alone stays by itself. */
export function mayJoin(watched: WatchedPlace, theme: Theme, { cells }: Detection): boolean {
  const isGuarded = (one: Theme): boolean => one === 'vawg';
  return watched.members.some(
    (member) =>
      isGuarded(member.theme) === isGuarded(theme) &&
      member.detection.cells.some((cell) => cells.includes(cell)),
  );
}
