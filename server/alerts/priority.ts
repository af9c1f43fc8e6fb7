/** How urgent an alert is: how rare by chance, and how grave what happened. */
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
/** Of what chance alone brings, one in x has x times the rarity that is promised: so a twentieth is high, a fifth medium or high. */
const HIGH_FROM = 20;
const MEDIUM_FROM = 5;

export function emergingPriority(onceInDays: number, { harmDays, severity }: Gravity): AlertPriority {
  const harm = Math.sqrt(harmDays / USUAL_HARM_DAYS);
  const times = Math.max(1 / HARM_TIMES, Math.min(HARM_TIMES, harm));
  const urgency =
    (onceInDays / PROMISED_DAYS) * times * (severity >= IMMEDIATE_THREAT ? IMMEDIATE_THREAT_TIMES : 1);
  if (urgency >= HIGH_FROM) return 'high';
  return urgency >= MEDIUM_FROM ? 'medium' : 'low';
}

/** So many times the usual at least, and no one takes it for the usual. */
const GREAT_RISE = 4;

/** `lower` is the lower end of the rise's 95 % interval. */
export function nearRepeatPriority(lower: number): AlertPriority {
  return lower >= GREAT_RISE ? 'medium' : 'low';
}
