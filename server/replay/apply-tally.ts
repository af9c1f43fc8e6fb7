/** Brings a tally's counts into a picture: what a view shows of them, and no other view. */
import { coarseCell, type Cell } from '../../shared/cell.ts';
import { THEMES, type Theme } from '../../shared/theme.ts';
import type { LivePicture, View } from '../gateway/live-picture.ts';
import { NONE, themeBits, type Tally } from './tally.ts';

type Counts = Pick<Tally, 'words' | 'counted'>;

/** Of these themes; `views` says whose counts are wanted. */
export function applyCounts(
  picture: LivePicture,
  { words, counted }: Counts,
  themes: readonly Theme[],
  view: View,
): void {
  const [cells, forces, bits] = [counted.column('cell'), counted.column('force'), counted.column('themes')];
  const [sensitive, steps] = [counted.column('sensitive'), counted.column('step')];
  const [harms, changes] = [counted.column('harm'), counted.column('change')];
  const wanted = themeBits(themes);
  const table = picture.counts(view);
  const adders = words.forces.map((force) => themes.map((theme) => table.adder(force, theme)));
  const masks = themes.map((theme) => themeBits([theme]));
  const coarse: Cell[] = [];
  for (let row = 0; row < counted.length; row++) {
    const own = (bits[row] ?? 0) & wanted;
    const step = steps[row] ?? NONE;
    if (own === 0 || step === NONE) continue;
    const cell = cells[row] ?? 0;
    const isFine = view === 'cleared' || (view === 'guarded' && sensitive[row] === 0);
    const place = isFine ? words.cells[cell] : (coarse[cell] ??= coarseCell(words.cells[cell] ?? ''));
    const ofForce = adders[forces[row] ?? 0];
    if (place === undefined || ofForce === undefined) continue;
    const change = changes[row] ?? 0;
    const harm = change * (harms[row] ?? 0);
    for (let index = 0; index < masks.length; index++) {
      if ((own & (masks[index] ?? 0)) !== 0) ofForce[index]?.(place, step, change, harm);
    }
  }
}

/** What is known by the day or month alone. */
export function applyPeriods(
  picture: LivePicture,
  { words, counted }: Counts,
  themes: readonly Theme[],
  view: View,
): void {
  if (words.periods.length === 0) return;
  const periods = counted.column('period');
  const [cells, forces, bits] = [counted.column('cell'), counted.column('force'), counted.column('themes')];
  const [sensitive, origins, changes] = [
    ...[counted.column('sensitive'), counted.column('origin'), counted.column('change')],
  ];
  for (let row = 0; row < counted.length; row++) {
    const period = words.periods[periods[row] ?? NONE];
    const force = words.forces[forces[row] ?? 0];
    const fine = words.cells[cells[row] ?? 0];
    if (period === undefined || force === undefined || fine === undefined) continue;
    const isFine = view === 'cleared' || (view === 'guarded' && sensitive?.[row] === 0);
    // Also of none of these themes: a newer period puts an end to the one before it.
    const own = themes.filter((theme) => ((bits[row] ?? 0) & (1 << THEMES.indexOf(theme))) !== 0);
    const place = { force, period, themes: own, cell: isFine ? fine : coarseCell(fine) };
    const origin = words.origins[origins?.[row] ?? NONE];
    picture.periods(view).add({ ...place, origin }, changes?.[row] === 1 ? 1 : -1);
  }
}

export function applyOrigins(picture: LivePicture, { words, listed }: Pick<Tally, 'words' | 'listed'>): void {
  const [forces, bits] = [listed.column('force'), listed.column('themes')];
  const [origins, received] = [listed.column('origin'), listed.column('receivedMs')];
  const latest = new Map<number, number>();
  for (let row = 0; row < listed.length; row++) {
    const key = ((forces[row] ?? 0) * 128 + (bits[row] ?? 0)) * 8 + (origins[row] ?? 0);
    latest.set(key, Math.max(latest.get(key) ?? 0, received[row] ?? 0));
  }
  for (const [key, receivedMs] of latest) {
    const [force, origin] = [words.forces[Math.floor(key / 1_024)], words.origins[key % 8]];
    if (force === undefined || origin === undefined) continue;
    const own = Math.floor(key / 8) % 128;
    for (const [index, theme] of THEMES.entries())
      if ((own & (1 << index)) !== 0) picture.noteOrigin(force, theme, origin, receivedMs);
  }
}
