/** A backtest's command line: what it asks for, and the one line that says what is wrong with it. */
import { describe, expect, it } from 'vitest';
import { readBacktestArguments } from '../../../server/commands/backtest-arguments.ts';
import { formatInstant } from '../../../shared/time.ts';

const RIGHT =
  '--data a.csv b.csv --theme burglary --test-from 2019-10-01 --test-to 2020-01-01 --horizon-hours 24 ' +
  '--timezone America/Chicago --model fit --out x';

function read(line: string): ReturnType<typeof readBacktestArguments> {
  return readBacktestArguments(line.split(' '), 'Europe/London');
}

describe('readBacktestArguments', () => {
  it('reads dates as local midnights, and every file after --data', () => {
    const { files, span, horizon, modelFolder } = read(RIGHT);
    expect(files).toHaveLength(2);
    expect(formatInstant(span.fromMs)).toBe('2019-10-01T05:00:00.000Z');
    expect(formatInstant(span.toMs)).toBe('2020-01-01T06:00:00.000Z');
    expect(horizon).toEqual({ hours: 24 });
    expect(modelFolder).toBeUndefined();
  });

  it('makes one group of several categories', () => {
    const { group } = read(RIGHT.replace('--theme burglary', '--category robbery,burglary'));
    expect(group.includes({ category: 'robbery', markers: [] })).toBe(true);
    expect(group.includes({ category: 'violence', markers: [] })).toBe(false);
  });

  it('takes all baselines and imported areas where nothing is said, and what is asked for otherwise', () => {
    const names = ({ baselines }: ReturnType<typeof read>): string[] => baselines.map(({ name }) => name);
    expect(names(read(RIGHT))).toContain('self-exciting');
    expect(read(RIGHT).forceAreas).toBeUndefined();
    expect(names(read(`${RIGHT} --baselines none --force-areas none`))).toEqual([]);
    expect(read(`${RIGHT} --force-areas none`).forceAreas).toBe('none');
    expect(names(read(`${RIGHT} --baselines naive,space-time`))).toEqual(['naive', 'space-time']);
  });

  it.each([
    ['--theme burglary', '', /either --theme or --category/],
    ['--theme burglary', '--theme arson', /^--theme arson is none of all, /],
    ['--theme burglary', '--category pranks', /^--category pranks is none of /],
    ['--horizon-hours 24', '--horizon-hours 5', /^--horizon-hours 5 neither divides a day/],
    ['--horizon-hours 24', '--horizon-hours x', /^--horizon-hours x neither divides a day/],
    ['--horizon-hours 24', '--horizon-months 2', /only 1 is possible/],
    ['--horizon-hours 24', '--horizon-hours 24 --horizon-months 1', /either --horizon-hours or/],
    ['--test-to 2020-01-01', '--test-to 2019-09-01', /must lie after/],
    ['--test-to 2020-01-01', '--test-to 2020-02-30', /^--test-to 2020-02-30 is no date/],
    ['--test-to 2020-01-01 ', '', /^--test-to is missing/],
    ['America/Chicago', 'Chicago', /^--timezone Chicago is no IANA name/],
    ['--data a.csv b.csv ', '', /^--data is missing/],
    ['--model fit ', '', /^--model is missing/],
    ['--out x', '--out x --baselines best', /^--baselines best is neither none nor one of naive, density, /],
    ['--out x', '--out x --fast', /^Unknown option '--fast'/],
  ])('refuses %j changed to %j', (right, wrong, message) => {
    expect(() => read(RIGHT.replace(right, wrong).replaceAll('  ', ' '))).toThrow(message);
  });
});
