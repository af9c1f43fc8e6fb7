/** How urgent an alert is: how rare by chance and how grave, against what else a force has been called for lately. */
import type { AlertPriority } from '../../shared/alert.ts';
import { PROMISED_DAYS } from './emerging-force.ts';

export interface Gravity {
  /** Days of imprisonment by the harm index, of the mean incident. */
  harmDays: number;
  /** Of the gravest. */
  severity: number;
}

/** An incident of this harm counts as it is. */
const USUAL_HARM_DAYS = 30;
/** By so many times at most the harm makes an alert more or less urgent. */
const HARM_TIMES = 3;
const IMMEDIATE_THREAT_TIMES = 2;
const IMMEDIATE_THREAT = 5;

/** Of chance alone one in x is x or more, times what the harm says. */
export function urgencyOf(onceInDays: number, { harmDays, severity }: Gravity): number {
  const harm = Math.sqrt(harmDays / USUAL_HARM_DAYS);
  const times = Math.max(1 / HARM_TIMES, Math.min(HARM_TIMES, harm));
  return (onceInDays / PROMISED_DAYS) * times * (severity >= IMMEDIATE_THREAT ? IMMEDIATE_THREAT_TIMES : 1);
}

/** Of a force's emerging alerts about so many are high, and high or medium (EEMUA 191). */
const HIGH_SHARE = 0.05;
const MEDIUM_SHARE = 0.2;
/** What chance alone would have brought: all that a young force has to compare with. */
const BY_CHANCE = Array.from({ length: 19 }, (_, i) => 20 / (i + 1));
const REMEMBERED = 200;

/** The urgencies that a force's latest alerts have come to. */
export class UrgencyRanks {
  /** By place, the latest last. */
  readonly #highest: Map<string, number>;

  constructor(encoded: readonly (readonly [place: string, urgency: number])[] = []) {
    this.#highest = new Map(encoded);
  }

  /** Takes note of what a place has come to, and ranks it among the others. */
  priorityOf(place: string, urgency: number): AlertPriority {
    const highest = Math.max(urgency, this.#highest.get(place) ?? 0);
    this.#highest.set(place, highest);
    for (const oldest of this.#highest.keys()) {
      if (this.#highest.size <= REMEMBERED) break;
      this.#highest.delete(oldest);
    }
    const others = [...this.#highest].filter(([other]) => other !== place).map(([, value]) => value);
    const all = [...others, ...BY_CHANCE];
    // Of so many the middle of its own place: else the few of a young force would be high too often.
    const above = (all.filter((other) => other >= urgency).length + 0.5) / (all.length + 1);
    if (above < HIGH_SHARE) return 'high';
    return above < MEDIUM_SHARE ? 'medium' : 'low';
  }

  encode(): [place: string, urgency: number][] {
    return [...this.#highest];
  }
}

/** So many times the usual at least, and no one takes it for the usual. */
const GREAT_RISE = 4;

/** `lower` is the lower end of the rise's 95 % interval. */
export function nearRepeatPriority(lower: number): AlertPriority {
  return lower >= GREAT_RISE ? 'medium' : 'low';
}
