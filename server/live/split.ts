/** Splits a list into parts of a limited size. */

/** Every part but an empty list's holds at least one item, even one that is too large by itself. */
export function splitBySize<T>(items: readonly T[], maxSize: number, sizeOf: (item: T) => number): T[][] {
  const parts: T[][] = [];
  let part: T[] = [];
  let total = 0;
  for (const item of items) {
    const size = sizeOf(item);
    if (part.length > 0 && total + size > maxSize) {
      parts.push(part);
      part = [];
      total = 0;
    }
    part.push(item);
    total += size;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}
