/** Options that several commands take. */
import { TimeZone } from '../../shared/time.ts';
import { UsageError } from './run-command.ts';

/** Seconds of a recording in a real second; `Infinity` for `max`. */
export function parseSpeed(text: string): number {
  if (text === 'max' || text === '0') return Infinity;
  const speed = Number(text);
  if (speed > 0 && Number.isFinite(speed)) return speed;
  throw new UsageError(`--speed ${text} is neither a number of seconds per second nor "max"`);
}

export function parseTimeZone(name: string): TimeZone {
  try {
    return new TimeZone(name);
  } catch {
    throw new UsageError(`--timezone ${name} is no IANA name like Europe/London`);
  }
}

export function parsePositive(option: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UsageError(`--${option} must be a number above 0, not "${text}"`);
}
