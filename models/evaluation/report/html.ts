/** Text made safe for a page, and numbers as people read them. */
import type { Interval95 } from '../bootstrap.ts';

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** With a real minus, and a dash where there is no such number. */
export function written(value: number, digits: number): string {
  if (!Number.isFinite(value)) return '–';
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

export function percent(share: number, digits = 1): string {
  return written(100 * share, digits);
}

/** With its sign. */
export function signed(value: number, digits: number): string {
  const text = written(value, digits);
  return value > 0 && Number(value.toFixed(digits)) !== 0 ? `+${text}` : text;
}

/** A figure over its interval, as a table's cell. */
export function figure(text: string, [low, high]: Interval95, digits: number, scale = 1): string {
  return `${text}<small>${written(scale * low, digits)} … ${written(scale * high, digits)}</small>`;
}

/** `head` and the cells of `rows` are markup already; the first column is text, the others are numbers. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  ownRow?: number,
): string {
  const cells = (row: readonly string[]): string =>
    row.map((cell, c) => (c === 0 ? `<th scope="row">${cell}</th>` : `<td>${cell}</td>`)).join('');
  const body = rows.map((row, r) => `<tr${r === ownRow ? ' class="own"' : ''}>${cells(row)}</tr>`);
  const titles = head.map((title) => `<th scope="col">${title}</th>`).join('');
  return `<div class="wide"><table><thead><tr>${titles}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}
