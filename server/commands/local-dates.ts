/** Reads the dates and time zones of a command line. */
import { TimeZone } from '../../shared/time.ts';
import { UsageError } from './run-command.ts';

/** Local midnight of a `YYYY-MM-DD`. Throws `UsageError` naming the option. */
export function midnightOf(option: string, text: string | undefined, timeZone: TimeZone): number {
  if (text === undefined) throw new UsageError(`${option} is missing`);
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [year = 0, month = 0, day = 0] = match?.slice(1).map(Number) ?? [];
  const instant = timeZone.instantOf({ year, month, day, hour: 0, minute: 0, second: 0 });
  if (match === null || instant === undefined)
    throw new UsageError(`${option} ${text} is no date like 2019-10-01`);
  return instant;
}

/** Throws `UsageError`. */
export function timeZoneOf(name: string): TimeZone {
  try {
    return new TimeZone(name);
  } catch (cause) {
    throw new UsageError(`--timezone ${name} is no IANA name like Europe/London`, { cause });
  }
}
