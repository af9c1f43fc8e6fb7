/** The kinds of places of the city: on which streets each of them is, and at which doors something happens there. */
import { cellAt, type Cell } from '../../shared/cell.ts';
import { Addresses, busiestDoor, doorCount, doorOf } from './addresses.ts';
import { distance, toDegrees, type Point } from './plane.ts';
import type { Random } from './random.ts';
import { layStreets, type Block } from './streets.ts';
import { weighBlocks, type PlaceKind } from './street-life.ts';
import { type WeightedChoice } from './weighted-choice.ts';

/** Where a cluster is asked for and nobody could be: in water, in a park, outside the city. */
export class NoSuchPlace extends Error {
  override readonly name = 'NoSuchPlace';
}

/** Of what happens in a block, how much happens at the same one door: a shop, a club, a hostel. */
const ONE_DOOR: Record<PlaceKind, number> = {
  'night-life': 0.5,
  centre: 0.55,
  'high-street': 0.5,
  estate: 0.3,
  station: 0.6,
  home: 0.3,
};

/** Where things happen; the same for the same seed. */
export class Places {
  readonly #addresses: Addresses;
  readonly #blocks: Record<PlaceKind, WeightedChoice<Block>>;

  constructor(seed: number) {
    const blocks = layStreets(seed);
    this.#addresses = new Addresses(blocks);
    this.#blocks = weighBlocks(seed, blocks);
  }

  /** An address of such a place, never in the river or a park. */
  somewhere(kind: PlaceKind, random: Random): Point {
    const block = this.#blocks[kind].choose(random);
    if (random.chance(ONE_DOOR[kind])) return doorOf(block, busiestDoor(block));
    return doorOf(block, Math.floor(random.next() * doorCount(block)));
  }

  /** An address at about such a distance, in any direction; the same one where nothing else is near. */
  near(point: Point, metres: number, random: Random): Point {
    for (let attempt = 0; attempt < 8; attempt++) {
      const angle = random.between(0, 2 * Math.PI);
      const target = { x: point.x + metres * Math.cos(angle), y: point.y + metres * Math.sin(angle) };
      const address = this.#addresses.nearest(target);
      if (address !== undefined) return address;
    }
    return point;
  }

  /** An address in the circle. Throws `NoSuchPlace` where none is. */
  within(centre: Point, radiusMetres: number, random: Random): Point {
    for (let attempt = 0; attempt < 400; attempt++) {
      const angle = random.between(0, 2 * Math.PI);
      const metres = radiusMetres * Math.sqrt(random.next());
      const target = { x: centre.x + metres * Math.cos(angle), y: centre.y + metres * Math.sin(angle) };
      const address = this.#addresses.nearest(target);
      if (address !== undefined && distance(address, centre) <= radiusMetres) return address;
    }
    const { lat, lon } = toDegrees(centre);
    throw new NoSuchPlace(`the city has no street within ${radiusMetres} m of ${lat},${lon}`);
  }

  /** The address nearest to a point; `undefined` in the middle of water or a park. */
  nearest(point: Point): Point | undefined {
    return this.#addresses.nearest(point);
  }

  /** Of all that happens in such places, which share falls into each cell. */
  sharesByCell(kind: PlaceKind): Map<Cell, number> {
    const shares = new Map<Cell, number>();
    for (const [block, share] of this.#blocks[kind].shares()) {
      const doors = doorCount(block);
      const add = (door: number, ofBlock: number): void => {
        const { lat, lon } = toDegrees(doorOf(block, door));
        const cell = cellAt(lat, lon);
        shares.set(cell, (shares.get(cell) ?? 0) + share * ofBlock);
      };
      add(busiestDoor(block), ONE_DOOR[kind]);
      for (let door = 0; door < doors; door++) add(door, (1 - ONE_DOOR[kind]) / doors);
    }
    return shares;
  }
}
