/** The options of `npm run simulate` and of the demo's city: read, checked, and said in words. */
import { CATEGORIES, MARKERS, type Marker } from '../../shared/category.ts';
import { HOUR_MS, MINUTE_MS, parseInstant } from '../../shared/time.ts';
import { parseFeedPath } from '../feeds/subjects.ts';
import type { Cluster } from '../simulator/clusters.ts';
import { FEEDS } from '../simulator/feed-habits.ts';
import type { Outage } from '../simulator/outages.ts';
import type { CityOptions } from '../simulator/simulate-city.ts';
import { parsePositive } from './command-options.ts';
import { UsageError } from './run-command.ts';

/** For `parseArgs` of node:util. */
export const SIMULATION_OPTIONS = {
  seed: { type: 'string', default: '1' },
  clusters: { type: 'string', default: '16' },
  cluster: { type: 'string', multiple: true },
  outages: { type: 'string', default: '0' },
  outage: { type: 'string', multiple: true },
  repeats: { type: 'boolean', default: true },
  patrols: { type: 'boolean', default: true },
  truth: { type: 'string' },
} as const;

export const SIMULATION_USAGE = `         --clusters N, --outages N      so many a day, at times and places that the seed decides
         --cluster LAT,LON,RADIUS_METRES,SIZE,START,DURATION,CATEGORY[+MARKER…]   may be repeated, as may:
         --outage AGENCY/FEED,START,DURATION[,lost]   afterwards what was missed comes late, or with "lost" never
                                        START: +10m (from now) or RFC 3339; DURATION: 90s, 10m, 2h
         --truth FILE                   writes what was put in: a line of JSON for each cluster and outage
         --no-repeats, --no-patrols`;

export interface SimulationValues {
  seed: string;
  clusters: string;
  cluster?: readonly string[] | undefined;
  outages: string;
  outage?: readonly string[] | undefined;
  repeats: boolean;
  patrols: boolean;
}

export interface SimulationSettings {
  seed: number;
  city: CityOptions;
  patrols: boolean;
}

/** Throws `UsageError`. Times that count from now count from `nowMs`. */
export function parseSimulation(values: SimulationValues, nowMs: number): SimulationSettings {
  const { cluster = [], outage = [] } = values;
  return {
    seed: parseSeed(values.seed),
    city: {
      nearRepeats: values.repeats,
      clusters: cluster.map((text) => parseCluster(text, nowMs)),
      clustersPerDay: parseFrequency('clusters', values.clusters),
      outages: outage.map((text) => parseOutage(text, nowMs)),
      outagesPerDay: parseFrequency('outages', values.outages),
    },
    patrols: values.patrols,
  };
}

function parseCluster(text: string, nowMs: number): Cluster {
  const wrong = (what: string): UsageError => new UsageError(`--cluster ${text}: ${what}`);
  const [lat, lon, radius, size, start, duration, kind, ...more] = text.split(',');
  if (kind === undefined || more.length > 0)
    throw wrong('give LAT,LON,RADIUS_METRES,SIZE,START,DURATION,CATEGORY');
  const number = (name: string, value: string | undefined, low: number, high: number): number => {
    const parsed = Number(value);
    if (value === undefined || value.trim() === '' || !(parsed >= low && parsed <= high))
      throw wrong(`${name} must be a number from ${low} to ${high}`);
    return parsed;
  };
  const [categoryName, ...markers] = kind.split('+');
  const category = CATEGORIES.find((known) => known === categoryName);
  if (category === undefined) throw wrong(`no category ${categoryName ?? ''}`);
  return {
    centre: { lat: number('LAT', lat, -90, 90), lon: number('LON', lon, -180, 180) },
    radiusMetres: number('RADIUS_METRES', radius, 10, 5_000),
    size: Math.round(number('SIZE', size, 1, 100_000)),
    ...parseSpan(start, duration, nowMs, wrong),
    category,
    ...(markers.length > 0 && { markers: markers.map((marker) => parseMarker(marker, wrong)) }),
  };
}

function parseOutage(text: string, nowMs: number): Outage {
  const wrong = (what: string): UsageError => new UsageError(`--outage ${text}: ${what}`);
  const [path = '', start, duration, lost, ...more] = text.split(',');
  if (duration === undefined || more.length > 0 || (lost !== undefined && lost !== 'lost'))
    throw wrong('give AGENCY/FEED,START,DURATION or AGENCY/FEED,START,DURATION,lost');
  const feed = parseFeedPath(path);
  const known = FEEDS.find((own) => own.agency === feed?.agency && own.feed === feed.feed);
  if (known === undefined)
    throw wrong(`the city has ${FEEDS.map((own) => `${own.agency}/${own.feed}`).join(', ')}`);
  return {
    feed: known,
    ...parseSpan(start, duration, nowMs, wrong),
    backlog: lost === undefined ? 'late' : 'lost',
  };
}

type Wrong = (what: string) => UsageError;

function parseSpan(
  start: string | undefined,
  duration: string | undefined,
  nowMs: number,
  wrong: Wrong,
): { startMs: number; durationMs: number } {
  const afterMs = start?.startsWith('+') === true ? parseDuration(start.slice(1)) : undefined;
  const startMs = afterMs === undefined ? parseInstant(start ?? '') : nowMs + afterMs;
  if (startMs === undefined) throw wrong('START must be like +10m, or RFC 3339 with a zone');
  if (startMs < nowMs) throw wrong('START has passed');
  const durationMs = parseDuration(duration ?? '');
  if (durationMs === undefined) throw wrong('DURATION must be like 90s, 10m or 2h');
  return { startMs, durationMs };
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: MINUTE_MS, h: HOUR_MS };

function parseDuration(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,6}(?:\.\d{1,3})?)([smh])$/.exec(text) ?? [];
  const milliseconds = Math.round(Number(number) * (UNITS_MS[unit ?? ''] ?? NaN));
  return milliseconds > 0 ? milliseconds : undefined;
}

function parseMarker(text: string, wrong: Wrong): Marker {
  const marker = MARKERS.find((known) => known === text);
  if (marker === undefined) throw wrong(`no marker ${text}`);
  return marker;
}

/** So many a day; 0 for none. */
function parseFrequency(option: string, text: string): number {
  return text === '0' ? 0 : parsePositive(option, text);
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new UsageError(`--seed must be a whole number from 0, not "${text}"`);
}
