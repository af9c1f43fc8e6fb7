/** Prints what two models came to, theme by theme. */
import type { Comparison, Figures } from '../../models/evaluation/compare-models.ts';

const HEADERS = ['theme', 'incidents', 'gain', 'hit rate 10 %', 'obs/exp', 'in 80 %', 'difference (95 %)'];

/** One line per theme: of each figure the candidate's, then the present's. */
export function comparisonTable(
  { days, windows, themes, pooled }: Comparison,
  { candidate, present }: { candidate: string; present: string },
): string {
  const rows = themes.map((theme) => [
    theme.theme,
    String(theme.incidents),
    ...both(theme.candidate, theme.present),
    difference(theme),
  ]);
  const { candidate: ours, present: theirs } = pooled;
  rows.push([
    'all together',
    String(pooled.incidents),
    '',
    '',
    pair(ours.observedOverExpected, theirs.observedOverExpected, 3),
    pair(ours.coverage80, theirs.coverage80, 3),
    difference(pooled),
  ]);
  const widths = HEADERS.map((header, c) =>
    Math.max(header.length, ...rows.map((row) => row[c]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, c) => cell.padEnd(widths[c] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    `${candidate} | ${present}, on ${days} days, ${windows} windows; gain in nats an incident`,
    ...[HEADERS, ...rows].map(line),
  ].join('\n');
}

function both(ours: Figures, theirs: Figures): string[] {
  return [
    pair(ours.informationGain, theirs.informationGain, 4),
    pair(ours.hitRateAtTenPercent, theirs.hitRateAtTenPercent, 3),
    pair(ours.observedOverExpected, theirs.observedOverExpected, 3),
    pair(ours.coverage80, theirs.coverage80, 3),
  ];
}

function pair(ours: number, theirs: number, digits: number): string {
  const text = (value: number): string => (Number.isFinite(value) ? value.toFixed(digits) : '–');
  return `${text(ours)} | ${text(theirs)}`;
}

function difference({ gain, gainInterval }: Pick<Comparison['pooled'], 'gain' | 'gainInterval'>): string {
  if (!Number.isFinite(gain)) return '–';
  const [value, low, high] = [gain, ...gainInterval].map((nats) => nats.toFixed(4));
  return `${value} (${low} to ${high})`;
}
