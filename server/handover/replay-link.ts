/** Links that open the room as it was. */
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import type { Theme } from '../../shared/theme.ts';

export interface ReplayedView {
  force: Force;
  theme: Theme;
  horizonHours: HorizonHours;
  /** The hexagon that is open. */
  cell?: string;
}

/** `at` is RFC 3339; as the replay itself writes its address. */
export function replayLink(at: string, { force, theme, horizonHours, cell }: ReplayedView): string {
  const query = new URLSearchParams({
    at: at.replace('.000Z', 'Z'),
    force,
    theme,
    horizon: String(horizonHours),
  });
  if (cell !== undefined) query.set('cell', cell);
  return `/replay?${query.toString().replaceAll('%3A', ':')}`;
}
