/** Whether a series rises or falls beyond chance. */

/**
 * Mann and Kendall's test (Mann 1945, Kendall 1975), as emerging hot spot analysis uses it: standard deviations of the number of pairs that
 * rise less those that fall, with ties and continuity corrected for. 0 for fewer than three values or all alike.
 */
export function mannKendall(values: readonly number[]): number {
  const n = values.length;
  let rises = 0;
  const ties = new Map<number, number>();
  values.forEach((value, i) => {
    ties.set(value, (ties.get(value) ?? 0) + 1);
    for (let later = i + 1; later < n; later++) rises += Math.sign((values[later] ?? value) - value);
  });
  let variance = n * (n - 1) * (2 * n + 5);
  for (const tied of ties.values()) variance -= tied * (tied - 1) * (2 * tied + 5);
  if (n < 3 || variance <= 0 || rises === 0) return 0;
  return (rises - Math.sign(rises)) / Math.sqrt(variance / 18);
}
