/** What the environment asks for: the only reader of `process.env`; a wrong value stops with one line naming it. */
import { resolve } from 'node:path';
import { ORIGINS, type Origin } from '../shared/incident.ts';
import type { Basemap } from '../shared/messages.ts';
import { TimeZone } from '../shared/time.ts';
import { BasemapUnclear, readBasemap, type BasemapSetting } from './basemap/read-basemap.ts';
import { isAllowedName } from './webhooks/allowed-hosts.ts';
import { DEFAULT_DRIFT, readDriftSetting, type DriftSetting } from './scorecard/drift-setting.ts';

const ROLES = ['ingest', 'forecast', 'gateway'] as const;
export type Role = (typeof ROLES)[number];

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const CLOCKS = ['system', 'feed'] as const;

export interface Config {
  /** 0 lets the system choose a free port. */
  port: number;
  host: string;
  databaseUrl: string | undefined;
  natsUrls: string[] | undefined;
  /** Path of a NATS credentials file. */
  natsCreds: string | undefined;
  /** Absolute, as are all folders below. */
  dataDir: string;
  roles: ReadonlySet<Role>;
  modelDir: string;
  forecastIntervalSeconds: number;
  forecastDrift: DriftSetting;
  clock: (typeof CLOCKS)[number];
  /** An IANA name. */
  timeZone: string;
  allowOrigins: ReadonlySet<Origin>;
  basemap: Basemap;
  /** The PMTiles file that this server hands out; whether it is one, the start finds out. */
  basemapFile: string | undefined;
  logLevel: LogLevel;
  /** Who alerts come from, in CAP messages. */
  capSender: string;
  /** Host names, addresses and networks inside which webhooks may be called, although they are private. */
  webhookAllow: readonly string[];
  recordingsDir: string;
  /** So many days each announcement is kept for replay, and so many a picture an hour. */
  archiveDays: number;
  replayDays: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The message is one line that begins with the variable's name. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly variable: string;

  constructor(variable: string, problem: string, options?: ErrorOptions) {
    super(`${variable} ${problem}`.replaceAll(/\s+/g, ' '), options);
    this.variable = variable;
  }
}

/**
 * Reads and checks the whole environment; a variable that is empty counts as absent. `presumed` holds
 * what a command takes for granted where the environment is silent (the demo allows every origin).
 * Throws `ConfigError` at the first wrong value.
 */
export function readConfig(env: Environment = process.env, presumed: Environment = {}): Config {
  const read = (variable: string, otherwise = ''): string => {
    const given = env[variable]?.trim() ?? '';
    return given === '' ? (presumed[variable] ?? otherwise) : given;
  };
  const databaseUrl = read('DATABASE_URL');
  const natsUrl = read('NATS_URL');
  const natsCreds = read('NATS_CREDS');
  const { basemap, file: basemapFile } = checkedBasemap(read('BASEMAP'));
  return {
    port: wholeNumber('PORT', read('PORT', '3000'), 0, 65_535),
    host: read('HOST', '127.0.0.1'),
    databaseUrl: databaseUrl === '' ? undefined : checkedDatabaseUrl(databaseUrl),
    natsUrls: natsUrl === '' ? undefined : natsUrl.split(',').map(checkedNatsUrl),
    natsCreds: natsCreds === '' ? undefined : resolve(natsCreds),
    dataDir: resolve(read('DATA_DIR', '.data')),
    roles: someOf('ROLES', read('ROLES', ROLES.join(',')), ROLES),
    modelDir: resolve(read('MODEL_DIR', 'models/artifacts')),
    forecastIntervalSeconds: seconds('FORECAST_INTERVAL_SECONDS', read('FORECAST_INTERVAL_SECONDS', '5')),
    forecastDrift: checkedDrift(read('FORECAST_DRIFT', DEFAULT_DRIFT)),
    clock: oneOf('CLOCK', read('CLOCK', 'system'), CLOCKS),
    timeZone: checkedTimeZone(read('TIME_ZONE', 'Europe/London')),
    allowOrigins: someOf('ALLOW_ORIGINS', read('ALLOW_ORIGINS', 'live'), ORIGINS),
    basemap,
    basemapFile,
    logLevel: oneOf('LOG_LEVEL', read('LOG_LEVEL', 'info'), LOG_LEVELS),
    capSender: checkedSender(read('CAP_SENDER', 'forewatch')),
    webhookAllow: checkedAllowed(read('WEBHOOK_ALLOW')),
    recordingsDir: resolve(read('RECORDINGS_DIR', '../shared/data')),
    archiveDays: wholeNumber('ARCHIVE_DAYS', read('ARCHIVE_DAYS', '30'), 1, 3_650),
    replayDays: wholeNumber('REPLAY_DAYS', read('REPLAY_DAYS', '365'), 1, 3_650),
  };
}

function wholeNumber(variable: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new ConfigError(variable, `must be a whole number from ${least} to ${most}, not "${text}"`);
}

function seconds(variable: string, text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value >= 0.05 && value <= 3600) return value;
  throw new ConfigError(variable, `must be a number of seconds from 0.05 to 3600, not "${text}"`);
}

function oneOf<Word extends string>(variable: string, text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new ConfigError(variable, `must be one of ${words.join(', ')}, not "${text}"`);
}

function someOf<Word extends string>(variable: string, text: string, words: readonly Word[]): Set<Word> {
  const parts = text.split(',').map((part) => part.trim());
  return new Set(
    parts.map((part) => {
      const found = words.find((word) => word === part);
      if (found !== undefined) return found;
      throw new ConfigError(
        variable,
        `must list some of ${words.join(', ')}, separated by commas; "${part}" is none`,
      );
    }),
  );
}

// Neither address is repeated in its message: both may hold a password, and messages end up in logs.
function checkedDatabaseUrl(text: string): string {
  if (['postgres:', 'postgresql:'].includes(URL.parse(text)?.protocol ?? '')) return text;
  throw new ConfigError('DATABASE_URL', 'must look like postgres://user:password@host:5432/database');
}

function checkedNatsUrl(part: string): string {
  const text = part.trim();
  const url = URL.parse(text.includes('://') ? text : `nats://${text}`);
  if (url !== null && ['nats:', 'tls:'].includes(url.protocol) && url.hostname !== '') return text;
  throw new ConfigError('NATS_URL', 'must list addresses like nats://host:4222, separated by commas');
}

function checkedTimeZone(name: string): string {
  try {
    // Intl also takes bare offsets ("+01:00"), which have no summer time: not a place's zone.
    if (/^[+-]/.test(name)) throw new RangeError('an offset is not a zone');
    return new TimeZone(name).name;
  } catch (cause) {
    throw new ConfigError('TIME_ZONE', `must be an IANA name like Europe/London, not "${name}"`, { cause });
  }
}

function checkedDrift(text: string): DriftSetting {
  const setting = readDriftSetting(text);
  if (setting !== undefined) return setting;
  throw new ConfigError(
    'FORECAST_DRIFT',
    `must be alert, off or none and may go on with bounds of observed ÷ expected, as in "off 0.67,1.5"; not "${text}"`,
  );
}

/** CAP 1.2 (3.2.1): nothing that would end it within a message's references. */
function checkedSender(text: string): string {
  if (/^[^\s,<&]{1,200}$/.test(text)) return text;
  throw new ConfigError('CAP_SENDER', `must be a name without spaces, commas, < and &, not "${text}"`);
}

function checkedAllowed(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim());
  return parts
    .filter((part) => part !== '')
    .map((part) => {
      if (isAllowedName(part)) return part.toLowerCase();
      throw new ConfigError(
        'WEBHOOK_ALLOW',
        `must list host names, addresses or networks like 10.1.0.0/16, separated by commas; "${part}" is none`,
      );
    });
}

function checkedBasemap(text: string): BasemapSetting {
  try {
    return readBasemap(text);
  } catch (cause) {
    if (cause instanceof BasemapUnclear) throw new ConfigError('BASEMAP', cause.message, { cause });
    throw cause;
  }
}
