/** Where a name fits into a shape: in the middle of the stretches across it, the widest first. */
import type { Ring } from './coast.ts';

/** In worlds, as the ring. */
export interface NamePlace {
  x: number;
  y: number;
  /** Of the stretch, from border to border. */
  width: number;
}

/** At these shares of the height a line is drawn across: near the top or bottom a name would look out of place. */
const HEIGHTS = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74];

/** The widest stretch at each of some heights; of about equal ones, those nearer to the middle first. */
export function namePlaces(ring: Ring): NamePlace[] {
  return HEIGHTS.flatMap((share) => {
    const y = ring.north + share * (ring.south - ring.north);
    const crossings = crossingsAt(ring, y);
    let best: NamePlace = { x: 0, y, width: 0 };
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      const [from = 0, to = 0] = crossings.slice(index, index + 2);
      if (to - from > best.width) best = { x: (from + to) / 2, y, width: to - from };
    }
    return best.width > 0 ? [{ best, worth: best.width * (1 - Math.abs(share - 0.5)) }] : [];
  })
    .sort((one, other) => other.worth - one.worth)
    .map(({ best }) => best);
}

/** Where the outline crosses a line from west to east, ascending: by pairs, inside lies between. */
function crossingsAt({ points }: Ring, y: number): number[] {
  const crossings: number[] = [];
  for (let index = 0; index < points.length; index += 2) {
    const next = (index + 2) % points.length;
    const [x1 = 0, y1 = 0] = [points[index], points[index + 1]];
    const [x2 = 0, y2 = 0] = [points[next], points[next + 1]];
    if (y1 > y !== y2 > y) crossings.push(x1 + ((y - y1) * (x2 - x1)) / (y2 - y1));
  }
  return crossings.sort((one, other) => one - other);
}
