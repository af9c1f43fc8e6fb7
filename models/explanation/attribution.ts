/** Credits what past incidents bring to a forecast to those incidents: by their age, their place and their kind. */
import { neighbours, type Cell } from '../../shared/cell.ts';
import type { Age, IncidentTerm, Kind, Nearness } from '../../shared/explanation.ts';
import { DAY_MS } from '../../shared/time.ts';
import { countedAtMs, type CountedIncident, type IncidentGroup } from '../features/counted-incident.ts';
import { growth, isCountedBy, MODEL_KERNELS, type Kernel } from '../features/kernels.ts';

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
 * The terms of all that incidents bring: they sum to the sum of `kernels`. The incidents handed in must be those that
 * were counted when the forecast was made. Where their decayed counts contradict that, no age is claimed: `any-time`.
 * What may not be told of is neither dated nor numbered: its part is spread over the ages of what may, so that nothing
 * is left over that would give it away.
 */
export function attribute(attribution: Attribution): IncidentTerm[] {
  const credits = new Map<string, Credit>();
  const found = MODEL_KERNELS.map(() => 0);
  for (const incident of attribution.incidents) credit(attribution, incident, credits, found);
  const isKnown = found.every((decayed, k) => fits(decayed, attribution.decayed[k] ?? 0, k));
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

function credit(
  { group, cells, coarse, nowMs, perIncident, mayTell }: Attribution,
  incident: CountedIncident,
  credits: Map<string, Credit>,
  found: number[],
): void {
  const days = (nowMs - countedAtMs(incident)) / DAY_MS;
  const times = {
    own: cells.has(incident.cell) ? 1 : 0,
    ring1: neighbours(incident.cell).filter((cell) => cells.has(cell)).length,
  };
  const isOfGroup = group.includes(incident);
  const isTold = mayTell(incident);
  const age = DATED.find((band) => days <= band.days)?.age;
  const counted = new Set<Credit>();
  MODEL_KERNELS.forEach(({ ring, of, halfLifeDays }, k) => {
    const isCounted = isOfGroup || of === 'all';
    if (times[ring] === 0 || !isCounted || !isCountedBy(halfLifeDays, incident.timePrecision)) return;
    const decayed = times[ring] * growth(-days, halfLifeDays);
    found[k] = (found[k] ?? 0) + decayed;
    const expected = decayed * (perIncident[k] ?? 0);
    if (age === undefined || expected === 0) return;
    const near = nearnessOf(ring, coarse);
    const key = `${of} ${near} ${age}`;
    const one = credits.get(key) ?? { kind: of, near, age, all: 0, told: 0, incidents: 0 };
    one.all += expected;
    if (isTold) one.told += expected;
    credits.set(key, one);
    counted.add(one);
  });
  if (isTold) for (const one of counted) one.incidents++;
}

/** Fast kernels have forgotten what is not handed in, and must agree; slow ones remember more. */
function fits(found: number, decayed: number, kernel: number): boolean {
  const slack = TOLERANCE * (1 + decayed);
  if (found > decayed + slack) return false;
  return MODEL_KERNELS[kernel]?.halfLifeDays !== 7 || found > decayed - slack;
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
