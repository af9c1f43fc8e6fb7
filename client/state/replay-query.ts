/** Where a replay stands, as it is written in the address: whoever opens it stands there, too. */
import { formatInstant, parseInstant } from '../../shared/time.ts';
import { REPLAY_SPEEDS, type ReplaySpeed } from './replay-speed.ts';

/** A part of the past; epoch milliseconds. */
export interface ReplayRange {
  fromMs: number;
  toMs: number;
}

export interface ReplayPlace {
  /** Epoch milliseconds; null where the address names no moment. */
  atMs: number | null;
  speed: ReplaySpeed;
  range: ReplayRange | null;
}

export const FIRST_SPEED: ReplaySpeed = 60;

/** `?at=…&speed=…&from=…&to=…`; what is missing or no instant is left out. */
export function readReplayQuery(query: string): ReplayPlace {
  const asked = new URLSearchParams(query);
  const instant = (name: string): number | null => parseInstant(asked.get(name) ?? '') ?? null;
  const [fromMs, toMs] = [instant('from'), instant('to')];
  return {
    atMs: instant('at'),
    speed: REPLAY_SPEEDS.find((speed) => String(speed) === asked.get('speed')) ?? FIRST_SPEED,
    range: fromMs !== null && toMs !== null && fromMs < toMs ? { fromMs, toMs } : null,
  };
}

/** Added to what else is shown there. */
export function withReplayPlace(shown: string, { atMs, speed, range }: ReplayPlace): string {
  const query = new URLSearchParams(shown);
  if (atMs !== null) query.set('at', shortInstant(atMs));
  if (speed !== FIRST_SPEED) query.set('speed', String(speed));
  if (range !== null) {
    query.set('from', shortInstant(range.fromMs));
    query.set('to', shortInstant(range.toMs));
  }
  return `?${query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')}`;
}

/** Without the milliseconds where there are none. */
function shortInstant(atMs: number): string {
  return formatInstant(Math.round(atMs)).replace('.000Z', 'Z');
}
