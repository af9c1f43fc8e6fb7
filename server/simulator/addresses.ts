/** The doors along the streets: an incident is reported at one of them. */
import { between, distance, distanceToSegment, type Point } from './plane.ts';
import { PlaneIndex } from './plane-index.ts';
import type { Block } from './streets.ts';

const DOOR_METRES = 11;
const OFF_STREET_METRES = 6;
const REACH_METRES = 150;

export function doorCount({ from, to }: Block): number {
  return Math.max(1, Math.round(distance(from, to) / DOOR_METRES));
}

/** The doors stand in order along the street, on one side and the other in turn; the first has number 0. */
export function doorOf(block: Block, number: number): Point {
  const { from, to } = block;
  const share = (number + 0.5) / doorCount(block);
  const metres = distance(from, to);
  const side = (number % 2 === 0 ? OFF_STREET_METRES : -OFF_STREET_METRES) / metres;
  return {
    x: from.x + share * (to.x - from.x) - side * (to.y - from.y),
    y: from.y + share * (to.y - from.y) + side * (to.x - from.x),
  };
}

/** Where in a block much more happens than at its other doors: the shop, the club, the hostel. */
export function busiestDoor(block: Block): number {
  return Math.floor(block.busiestAt * doorCount(block));
}

/** Finds the door next to any point of the city. */
export class Addresses {
  readonly #blocks = new PlaneIndex<Block>(REACH_METRES);

  constructor(blocks: readonly Block[]) {
    for (const block of blocks) this.#blocks.add(between(block.from, block.to, 0.5), block);
  }

  /** `undefined` where no street is within some 150 metres, as in a park. */
  nearest(point: Point): Point | undefined {
    let nearest: Block | undefined;
    let metres = Infinity;
    for (const block of this.#blocks.near(point, REACH_METRES)) {
      const away = distanceToSegment(point, block.from, block.to);
      if (away >= metres) continue;
      metres = away;
      nearest = block;
    }
    return nearest === undefined ? undefined : nearestDoor(nearest, point);
  }
}

function nearestDoor(block: Block, { x, y }: Point): Point {
  const { from, to } = block;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const share = ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy);
  const doors = doorCount(block);
  return doorOf(block, Math.min(doors - 1, Math.max(0, Math.floor(share * doors))));
}
