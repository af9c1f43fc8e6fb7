/** How much goes on in each street, for each kind of place: some streets are busy and the next one is not. */
import { CENTRES, FRAME, NIGHT_LIFE, STATIONS, type Site } from './geography.ts';
import { Noise } from './noise.ts';
import { between, distance, type Point } from './plane.ts';
import { PlaneIndex } from './plane-index.ts';
import { Random } from './random.ts';
import type { Block } from './streets.ts';
import { WeightedChoice } from './weighted-choice.ts';

export const PLACE_KINDS = ['night-life', 'centre', 'high-street', 'estate', 'station', 'home'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

const ESTATES = 320;
/** Homes thin out with the distance from the middle. */
const HOMES_SCALE_METRES = 10_000;
/** The town frays into fields over about as much. */
const EDGE_METRES = 2_400;

interface Street {
  block: Block;
  middle: Point;
  metres: number;
  isMain: boolean;
}

type Weights = Map<Street, number>;

/** The blocks of each kind of place, with how much happens in each. */
export function weighBlocks(
  seed: number,
  blocks: readonly Block[],
): Record<PlaceKind, WeightedChoice<Block>> {
  const streets = new PlaneIndex<Street>(300);
  const all = blocks.map((block): Street => {
    const { from, to, kind } = block;
    const middle = between(from, to, 0.5);
    const street = { block, middle, metres: distance(from, to), isMain: kind !== 'side-street' };
    streets.add(middle, street);
    return street;
  });
  const homes = weighHomes(seed, all);
  const around = (kind: PlaceKind, sites: readonly Site[], spread = 1): Weights =>
    weighAround(sites, streets, { random: new Random(seed, kind), spread });
  return {
    'night-life': choiceOf(around('night-life', NIGHT_LIFE)),
    centre: choiceOf(around('centre', CENTRES)),
    'high-street': choiceOf(weighHighStreets(seed, all)),
    estate: choiceOf(weighEstates(seed, streets, homes)),
    station: choiceOf(around('station', STATIONS, 0.6)),
    home: choiceOf(homes),
  };
}

function choiceOf(weights: Weights): WeightedChoice<Block> {
  return new WeightedChoice(weights.entries().map(([{ block }, weight]) => [block, weight] as const));
}

/** Quiet neighbourhoods are many, burdened ones few, and even there it is a street here and a street there. */
function weighHomes(seed: number, all: readonly Street[]): Weights {
  const random = new Random(seed, 'homes');
  const districts = new Noise(seed, 'districts', 2_200);
  const neighbourhoods = new Noise(seed, 'neighbourhoods', 550);
  const density = densityOf(seed);
  return new Map(
    all.map((street) => {
      const { middle, metres, isMain } = street;
      const burden = Math.exp(1.1 * districts.at(middle) + 1.1 * neighbourhoods.at(middle));
      const weight = metres * density(middle) * burden * (isMain ? 1.6 : 1) * random.logNormal(1, 1);
      return [street, weight];
    }),
  );
}

/** How densely people live: most in the middle, nobody beyond a frayed edge. */
function densityOf(seed: number): (point: Point) => number {
  const edge = new Noise(seed, 'edge', 2_500);
  const { southWest, northEast } = FRAME;
  return (point) => {
    const inside = Math.min(
      point.x - southWest.x,
      northEast.x - point.x,
      point.y - southWest.y,
      northEast.y - point.y,
    );
    const share = Math.min(1, Math.max(0, inside / EDGE_METRES - 0.35 + 0.5 * edge.at(point)));
    return share * Math.exp(-distance(point, { x: 0, y: 0 }) / HOMES_SCALE_METRES);
  };
}

/** Shops stand in rows: a stretch is busy, the next is not, and near a centre all are. */
function weighHighStreets(seed: number, all: readonly Street[]): Weights {
  const random = new Random(seed, 'high streets');
  const rows = new Noise(seed, 'rows of shops', 420);
  const density = densityOf(seed);
  return new Map(
    all
      .filter(({ isMain }) => isMain)
      .map((street) => {
        const { block, middle, metres } = street;
        const ofKind = block.kind === 'high-street' ? 1 : 0.3;
        const nearCentre = Math.max(
          ...CENTRES.map(({ centre }) => Math.exp(-distance(centre, middle) / 350)),
        );
        const row = Math.exp(1.2 * rows.at(middle)) * (1 + 3 * nearCentre);
        const weight = metres * ofKind * row * Math.sqrt(density(middle)) * random.logNormal(1, 0.7);
        return [street, weight];
      }),
  );
}

/** Each site takes the share that is its own, most of it in few streets and less with the distance. */
function weighAround(
  sites: readonly Site[],
  streets: PlaneIndex<Street>,
  { random, spread }: { random: Random; spread: number },
): Weights {
  const weights: Weights = new Map();
  for (const { centre, spreadMetres, weight } of sites) {
    const scale = spread * spreadMetres;
    const near = streets.near(centre, 4 * scale).map((street) => {
      const away = (Math.SQRT2 * distance(street.middle, centre)) / scale;
      const own = street.metres * (street.isMain ? 2.2 : 1) * Math.exp(-away) * random.logNormal(1, 1);
      return [street, own] as const;
    });
    const sum = near.reduce((total, [, own]) => total + own, 0);
    for (const [street, own] of near) weights.set(street, (weights.get(street) ?? 0) + (weight * own) / sum);
  }
  return weights;
}

/** Estates are patches of a few streets, long rather than round, apart from main roads, more where homes are burdened. */
function weighEstates(seed: number, streets: PlaneIndex<Street>, homes: Weights): Weights {
  const random = new Random(seed, 'estates');
  const weights: Weights = new Map();
  const somewhere = new WeightedChoice(homes);
  for (let estate = 0; estate < ESTATES; estate++) {
    const { middle } = somewhere.choose(random);
    const angle = random.between(0, Math.PI);
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    const long = random.between(90, 230);
    const wide = long * random.between(0.35, 0.8);
    const weight = random.logNormal(1, 0.6);
    for (const street of streets.near(middle, long)) {
      const [x, y] = [street.middle.x - middle.x, street.middle.y - middle.y];
      const away = Math.hypot((x * cosine + y * sine) / long, (y * cosine - x * sine) / wide);
      if (street.isMain || away > 1) continue;
      weights.set(street, (weights.get(street) ?? 0) + street.metres * weight * random.logNormal(1, 0.6));
    }
  }
  return weights;
}
