/** The kinds of places of the city, and where in them something happens. */
import { CENTRES, FRAME, HIGH_STREETS, NIGHT_LIFE, STATIONS, type Site } from './geography.ts';
import { isBuiltUp } from './land.ts';
import { distance, type Point } from './plane.ts';
import { Random } from './random.ts';
import { Streets } from './streets.ts';
import { WeightedChoice } from './weighted-choice.ts';

export const PLACE_KINDS = ['night-life', 'centre', 'high-street', 'estate', 'station', 'home'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

const ESTATES = 80;
const STRETCH_METRES = 260;
const NEIGHBOURHOOD_METRES = 450;
/** Homes thin out with the distance from the middle. */
const HOMES_SCALE_METRES = 8_000;

/** Where things happen; the same for the same seed. */
export class Places {
  readonly #streets: Streets;
  readonly #sites: Record<Exclude<PlaceKind, 'home'>, WeightedChoice<Site>>;
  readonly #seed: number;
  readonly #neighbourhoods = new Map<string, number>();

  constructor(seed: number) {
    this.#seed = seed;
    this.#streets = new Streets(seed);
    const random = new Random(seed, 'places');
    this.#sites = {
      'night-life': choiceOf(NIGHT_LIFE),
      centre: choiceOf(CENTRES),
      'high-street': choiceOf(stretches(random)),
      estate: choiceOf(this.#estates(random)),
      station: choiceOf(STATIONS),
    };
  }

  /** An address of such a place, never in the river or a park. */
  somewhere(kind: PlaceKind, random: Random): Point {
    for (;;) {
      const point = kind === 'home' ? this.#home(random) : around(this.#sites[kind].choose(random), random);
      const address = this.#streets.addressNear(point);
      if (isBuiltUp(point) && isBuiltUp(address)) return address;
    }
  }

  /** An address at about such a distance, in any direction; the same one where nothing else is near. */
  near(point: Point, metres: number, random: Random): Point {
    for (let attempt = 0; attempt < 8; attempt++) {
      const angle = random.between(0, 2 * Math.PI);
      const target = { x: point.x + metres * Math.cos(angle), y: point.y + metres * Math.sin(angle) };
      const address = this.#streets.addressNear(target);
      if (isBuiltUp(address)) return address;
    }
    return point;
  }

  #home(random: Random): Point {
    const { southWest, northEast } = FRAME;
    for (;;) {
      const point = {
        x: random.between(southWest.x, northEast.x),
        y: random.between(southWest.y, northEast.y),
      };
      const fromMiddle = distance(point, { x: 0, y: 0 });
      if (random.chance(Math.exp(-fromMiddle / HOMES_SCALE_METRES) * this.#burden(point))) return point;
    }
  }

  /** How much happens in a neighbourhood, from 0 to 1: quiet ones are many, burdened ones few. */
  #burden({ x, y }: Point): number {
    const key = `${Math.floor(x / NEIGHBOURHOOD_METRES)} ${Math.floor(y / NEIGHBOURHOOD_METRES)}`;
    const known = this.#neighbourhoods.get(key);
    if (known !== undefined) return known;
    const burden = Math.min(1, new Random(this.#seed, 'neighbourhood', key).logNormal(0.18, 0.8));
    this.#neighbourhoods.set(key, burden);
    return burden;
  }

  #estates(random: Random): Site[] {
    const estates: Site[] = [];
    while (estates.length < ESTATES) {
      const centre = this.#home(random);
      const isApart = estates.every((other) => distance(other.centre, centre) > 500);
      if (!isApart || !isBuiltUp(centre)) continue;
      estates.push({ centre, spreadMetres: random.between(70, 150), weight: (estates.length + 3) ** -0.8 });
    }
    return estates;
  }
}

/** High streets, cut into stretches of which some are far busier than others. */
function stretches(random: Random): Site[] {
  return HIGH_STREETS.flatMap((street) =>
    street.slice(1).flatMap((to, at) => {
      const from = street[at] ?? to;
      const parts = Math.max(1, Math.round(distance(from, to) / STRETCH_METRES));
      return Array.from({ length: parts }, (_, part): Site => {
        const share = (part + 0.5) / parts;
        const centre = { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
        return { centre, spreadMetres: 75, weight: random.logNormal(1, 1) };
      });
    }),
  );
}

function choiceOf(sites: readonly Site[]): WeightedChoice<Site> {
  return new WeightedChoice(sites.map((site) => [site, site.weight] as const));
}

function around({ centre, spreadMetres }: Site, random: Random): Point {
  return { x: centre.x + spreadMetres * random.normal(), y: centre.y + spreadMetres * random.normal() };
}
