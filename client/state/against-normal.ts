/** Whether what came is more or less than usual; nothing is said where it cannot be known. */
import type { AgainstNormal } from '../../shared/normal.ts';

/** `unknown`: there is no normal, or so much may be missing that few incidents mean nothing. */
export type Verdict = 'more' | 'fewer' | 'usual' | 'unknown';

export interface VerdictQuestion {
  against: AgainstNormal;
  /** Whether every feed speaks: where one does not, what it would have told is missing. */
  allSpeak: boolean;
  /** How many of the incidents that will have come in the end are known; 1 where nobody knows. */
  knownShare: number;
}

export function verdictOn({ against, allSpeak, knownShare }: VerdictQuestion): Verdict {
  const { reported, normal } = against;
  if (reported === null || normal === null) return 'unknown';
  if (reported > normal.upper) return 'more';
  const inTheEnd = knownShare > 0 ? reported / knownShare : reported;
  if (reported >= normal.lower) return 'usual';
  if (!allSpeak) return 'unknown';
  return inTheEnd < normal.lower ? 'fewer' : 'usual';
}
