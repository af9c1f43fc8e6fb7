/** Credits what past incidents bring to a forecast to those incidents: by their age, their place and their kind. */
import { neighbours, type Cell } from '../../shared/cell.ts';
import type { Age, IncidentTerm, Kind, Nearness } from '../../shared/explanation.ts';
import { DAY_MS } from '../../shared/time.ts';
import { countedAtMs, type CountedIncident, type IncidentGroup } from '../features/counted-incident.ts';
import { growth, HALF_LIFE_DAYS, isCountedBy, MODEL_KERNELS, type Kernel } from '../features/kernels.ts';

const DATED: readonly { age: Age; days: number }[] = [
  { age: '3-days', days: 3 },
  { age: '30-days', days: 30 },
  { age: '90-days', days: 90 },
  { age: '365-days', days: 365 },
];
/** So far back incidents are needed, one by one. */
export const ATTRIBUTED_DAYS = 365;
/** Of decayed counts: single precision behind the shift of a rare theme. */
const TOLERANCE = 1e-3;
const ROUNDING = 1e-6;

export interface Attribution {
  group: IncidentGroup;
  /** The explained cells: one fine cell, or all of a coarse one. */
  cells: ReadonlySet<Cell>;
  coarse: boolean;
  /** From when the forecast looks ahead, epoch milliseconds. */
  nowMs: number;
  /** Of `Composition`; `perIncident` of `AreaTerms`. */
  kernels: readonly number[];
  decayed: readonly number[];
  perIncident: readonly number[];
  /** Those that feed the model and happened in the cells or beside them, as far back as `ATTRIBUTED_DAYS` at least. */
  incidents: readonly CountedIncident[];
  /** Whether its age, and that it was here, may be told. */
  mayTell: (incident: CountedIncident) => boolean;
}

/** What the incidents of one kind, nearness and age bring: all of them, and those that may be told of. */
interface Credit {
  kind: Kind;
  near: Nearness;
  age: Age;
  all: number;
  told: number;
  incidents: number;
}

/**
 * The terms of all that incidents bring: they sum to the sum of `kernels`. Where the incidents handed in are not those
 * that were counted when the forecast was made, no age is claimed: `any-time`. What may not be told of is neither
 * dated nor numbered: its part is spread over the ages of what may, so that nothing is left over that would give it away.
 */
export function attribute(attribution: Attribution): IncidentTerm[] {
  const credits = new Map<string, Credit>();
  for (const incident of attribution.incidents) credit(attribution, incident, credits);
  const isKnown = countedOf(attribution, attribution.incidents) !== undefined;
  return pairsOf(attribution).flatMap((pair) => {
    const dated = [...credits.values()].filter(({ kind, near }) => kind === pair.kind && near === pair.near);
    const all = dated.reduce((sum, one) => sum + one.all, 0);
    const told = dated.reduce((sum, one) => sum + one.told, 0);
    const whole: IncidentTerm = { term: 'incidents', ...pair, age: 'any-time', incidents: null };
    if (!isKnown || (told === 0 && all > 0)) return [whole];
    // A rounding is no incident of long ago.
    const earlier = pair.expected - all > ROUNDING * pair.expected ? pair.expected - all : 0;
    const terms = dated
      .filter((one) => one.told > 0)
      .map(({ age, told: own, incidents }): IncidentTerm => {
        return { ...whole, age, expected: (own / told) * (pair.expected - earlier), incidents };
      });
    return earlier === 0 ? terms : [...terms, { ...whole, age: 'earlier' as const, expected: earlier }];
  });
}

/**
 * The incidents that were counted when the forecast was made: those given, latest known first, without the first few
 * (at most `most`) that had not been counted yet. `undefined` where no such part of them agrees with what was counted.
 */
export function countedOf<Incident extends CountedIncident>(
  attribution: Omit<Attribution, 'incidents'>,
  latestFirst: readonly Incident[],
  most = 0,
): Incident[] | undefined {
  const decayed = latestFirst.map((incident) => decayedOf(attribution, incident));
  const found = MODEL_KERNELS.map((_, k) => decayed.reduce((sum, one) => sum + (one[k] ?? 0), 0));
  for (let left = 0; left <= Math.min(most, latestFirst.length); left++) {
    if (agrees(found, attribution.decayed)) return latestFirst.slice(left);
    for (const [k, one] of decayed[left]?.entries() ?? []) found[k] = (found[k] ?? 0) - one;
  }
  return undefined;
}

/** Fast kernels have forgotten what is not handed in, and must agree; slow ones remember more. */
function agrees(found: readonly number[], decayed: readonly number[]): boolean {
  return MODEL_KERNELS.every(({ halfLifeDays }, k) => {
    const [own, counted] = [found[k] ?? 0, decayed[k] ?? 0];
    const slack = TOLERANCE * (1 + counted);
    return own <= counted + slack && (halfLifeDays !== HALF_LIFE_DAYS[0] || own >= counted - slack);
  });
}

/** What the incident still counts in each of `MODEL_KERNELS`, for all the cells together. */
function decayedOf(
  { group, cells, nowMs }: Omit<Attribution, 'incidents'>,
  incident: CountedIncident,
): number[] {
  const days = (nowMs - countedAtMs(incident)) / DAY_MS;
  const times = {
    own: cells.has(incident.cell) ? 1 : 0,
    ring1: neighbours(incident.cell).filter((cell) => cells.has(cell)).length,
  };
  const isOfGroup = group.includes(incident);
  return MODEL_KERNELS.map(({ ring, of, halfLifeDays }) => {
    const counts = (isOfGroup || of === 'all') && isCountedBy(halfLifeDays, incident.timePrecision);
    return counts ? times[ring] * growth(-days, halfLifeDays) : 0;
  });
}

function credit(attribution: Attribution, incident: CountedIncident, credits: Map<string, Credit>): void {
  const { coarse, nowMs, perIncident, mayTell } = attribution;
  const days = (nowMs - countedAtMs(incident)) / DAY_MS;
  const age = DATED.find((band) => days <= band.days)?.age;
  if (age === undefined) return;
  const isTold = mayTell(incident);
  const counted = new Set<Credit>();
  for (const [k, decayed] of decayedOf(attribution, incident).entries()) {
    const expected = decayed * (perIncident[k] ?? 0);
    const kernel = MODEL_KERNELS[k];
    if (expected === 0 || kernel === undefined) continue;
    const near = nearnessOf(kernel.ring, coarse);
    const key = `${kernel.of} ${near} ${age}`;
    const one = credits.get(key) ?? { kind: kernel.of, near, age, all: 0, told: 0, incidents: 0 };
    one.all += expected;
    if (isTold) one.told += expected;
    credits.set(key, one);
    counted.add(one);
  }
  if (isTold) for (const one of counted) one.incidents++;
}

/** A coarse cell's fine ones are beside each other: what is around one of them is mostly here. */
function nearnessOf(ring: Kernel['ring'], coarse: boolean): Nearness {
  return ring === 'own' || coarse ? 'here' : 'around';
}

function pairsOf({ kernels, coarse }: Attribution): { kind: Kind; near: Nearness; expected: number }[] {
  const pairs = new Map<string, { kind: Kind; near: Nearness; expected: number }>();
  MODEL_KERNELS.forEach(({ ring, of }, k) => {
    const near = nearnessOf(ring, coarse);
    const pair = pairs.get(`${of} ${near}`) ?? { kind: of, near, expected: 0 };
    pair.expected += kernels[k] ?? 0;
    pairs.set(`${of} ${near}`, pair);
  });
  return [...pairs.values()].filter(({ expected }) => expected > 0);
}
