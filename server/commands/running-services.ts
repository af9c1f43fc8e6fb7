/** Where NATS and the database are for a command that works beside a running demo or server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';

export class NothingRunning extends Error {
  override readonly name = 'NothingRunning';
}

/** NATS_URL, else the running demo's. Throws `NothingRunning` where neither is there. */
export function runningNatsUrls(config: Pick<Config, 'natsUrls' | 'dataDir'>): string[] {
  return config.natsUrls ?? [ofDemo(config.dataDir, 'natsUrl', 'NATS_URL')];
}

/** DATABASE_URL, else the running demo's. Throws `NothingRunning` where neither is there. */
export function runningDatabaseUrl(config: Pick<Config, 'databaseUrl' | 'dataDir'>): string {
  return config.databaseUrl ?? ofDemo(config.dataDir, 'databaseUrl', 'DATABASE_URL');
}

function ofDemo(dataDir: string, key: 'natsUrl' | 'databaseUrl', variable: string): string {
  const file = join(dataDir, 'services.json');
  try {
    const services = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const url = services[key];
    if (typeof url === 'string') return url;
    throw new TypeError(`it holds no ${key}`);
  } catch (cause) {
    throw new NothingRunning(`set ${variable}, or start npm run demo first: ${file} can't be read`, {
      cause,
    });
  }
}
