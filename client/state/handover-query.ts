/** Which handover an address asks for, and how its files are asked for. */
import { FORCES_AND_UNASSIGNED, type Force } from '../../shared/force.ts';
import { parseInstant } from '../../shared/time.ts';
import { THEMES, type Theme } from '../../shared/theme.ts';

export interface HandoverAsked {
  force: Force | null;
  theme: Theme;
  /** A moment whose shift is wanted; null, and no span: the present one. RFC 3339, as are the others. */
  at: string | null;
  span: { from: string; to: string } | null;
}

/** `?force=…&theme=…&at=…` or `…&from=…&to=…`; what is missing or no instant is left out. */
export function readHandoverQuery(query: string): HandoverAsked {
  const asked = new URLSearchParams(query);
  const instant = (name: string): string | null => {
    const text = asked.get(name) ?? '';
    return parseInstant(text) === undefined ? null : text;
  };
  const [from, to] = [instant('from'), instant('to')];
  return {
    force: FORCES_AND_UNASSIGNED.find((force) => force === asked.get('force')) ?? null,
    theme: THEMES.find((theme) => theme === asked.get('theme')) ?? 'all',
    at: instant('at'),
    span: from === null || to === null ? null : { from, to },
  };
}

export function writeHandoverQuery({ force, theme, at, span }: HandoverAsked): string {
  const query = new URLSearchParams();
  if (force !== null) query.set('force', force);
  if (theme !== 'all') query.set('theme', theme);
  if (span !== null) {
    query.set('from', span.from);
    query.set('to', span.to);
  } else if (at !== null) query.set('at', at);
  return `?${query.toString().replaceAll('%3A', ':')}`;
}
