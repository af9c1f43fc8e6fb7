/** The simulator's options: what they mean, and that a wrong one is said in one line that names it. */
import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../server/commands/run-command.ts';
import {
  parseSimulation,
  SIMULATION_OPTIONS,
  type SimulationSettings,
} from '../../../server/commands/simulation-options.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';

const NOW_MS = Date.UTC(2026, 2, 2, 12);

function parse(...args: string[]): SimulationSettings {
  const { values } = parseArgs({ args, options: SIMULATION_OPTIONS, allowNegative: true });
  return parseSimulation(values, NOW_MS);
}

it('has near-repeats, patrols and clusters now and then where nothing is said', () => {
  expect(parse()).toEqual({
    seed: 1,
    city: { nearRepeats: true, clusters: [], clustersPerDay: 16, outages: [], outagesPerDay: 0 },
    patrols: true,
  });
});

it('makes a city of chance alone', () => {
  const { city, patrols } = parse('--no-repeats', '--no-patrols', '--clusters', '0', '--seed', '0');
  expect(city).toMatchObject({ nearRepeats: false, clustersPerDay: 0 });
  expect(patrols).toBe(false);
});

it('reads clusters, with times that count from now or are named', () => {
  const { city } = parse(
    '--cluster',
    '51.5462,-0.0755,150,12,+10m,1.5h,burglary',
    '--cluster',
    '51.5462,-0.0755,150,12,2026-03-02T13:00:00+00:00,90s,violence+knife+youth',
  );
  const common = { centre: { lat: 51.5462, lon: -0.0755 }, radiusMetres: 150, size: 12 };
  expect(city.clusters).toEqual([
    { ...common, startMs: NOW_MS + 10 * MINUTE_MS, durationMs: 1.5 * HOUR_MS, category: 'burglary' },
    {
      ...common,
      startMs: NOW_MS + HOUR_MS,
      durationMs: 90_000,
      category: 'violence',
      markers: ['knife', 'youth'],
    },
  ]);
});

it('reads outages', () => {
  const { city } = parse(
    '--outage',
    'council/cctv,+10m,30m',
    '--outage',
    'police/metropolitan-calls,+1h,2h,lost',
  );
  expect(city.outages).toEqual([
    {
      feed: { agency: 'council', feed: 'cctv' },
      startMs: NOW_MS + 10 * MINUTE_MS,
      durationMs: 30 * MINUTE_MS,
      backlog: 'late',
    },
    {
      feed: { agency: 'police', feed: 'metropolitan-calls' },
      startMs: NOW_MS + HOUR_MS,
      durationMs: 2 * HOUR_MS,
      backlog: 'lost',
    },
  ]);
});

describe('refuses in one line', () => {
  it.each([
    [['--seed', 'x'], '--seed must be a whole number from 0, not "x"'],
    [['--seed', '1.5'], '--seed must be a whole number from 0, not "1.5"'],
    [['--clusters', '-1'], ''],
    [['--clusters', 'many'], '--clusters must be a number above 0, not "many"'],
    [['--outages', ''], '--outages must be a number above 0, not ""'],
    [['--cluster', '51.5,-0.1'], 'give LAT,LON,RADIUS_METRES,SIZE,START,DURATION,CATEGORY'],
    [['--cluster', '91,-0.1,150,12,+10m,1h,burglary'], 'LAT must be a number from -90 to 90'],
    [['--cluster', '51.5,-0.1,,12,+10m,1h,burglary'], 'RADIUS_METRES must be a number from 10 to 5000'],
    [['--cluster', '51.5,-0.1,150,0,+10m,1h,burglary'], 'SIZE must be a number from 1 to 100000'],
    [['--cluster', '51.5,-0.1,150,12,10m,1h,burglary'], 'START must be like +10m, or RFC 3339 with a zone'],
    [['--cluster', '51.5,-0.1,150,12,2026-03-02T11:00:00Z,1h,burglary'], 'START has passed'],
    [['--cluster', '51.5,-0.1,150,12,+10m,1 hour,burglary'], 'DURATION must be like 90s, 10m or 2h'],
    [['--cluster', '51.5,-0.1,150,12,+10m,1h,jaywalking'], 'no category jaywalking'],
    [['--cluster', '51.5,-0.1,150,12,+10m,1h,violence+rage'], 'no marker rage'],
    [['--outage', 'council/cctv'], 'give AGENCY/FEED,START,DURATION'],
    [['--outage', 'council/cctv,+10m,1h,found'], 'give AGENCY/FEED,START,DURATION'],
    [['--outage', 'council/taxes,+10m,1h'], 'the city has police/metropolitan-calls, '],
  ])('%j', (args, message) => {
    let refusal: unknown;
    try {
      parse(...args);
    } catch (error) {
      refusal = error;
    }
    if (message === '') {
      expect(refusal).toBeInstanceOf(TypeError); // of parseArgs
      return;
    }
    expect(refusal).toBeInstanceOf(UsageError);
    expect((refusal as Error).message).toContain(message);
    expect((refusal as Error).message).not.toContain('\n');
  });
});
