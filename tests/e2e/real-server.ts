/** Gives a browser test the real server, and feeds it. */
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { test as base, type Page } from '@playwright/test';
import { connectNats } from '../../server/feeds/nats-connection.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { openConnection } from '../../server/store/database.ts';
import { localFolder, serverProcess, type ServerProcess } from '../support/server-process.ts';

export interface Forewatch extends ServerProcess {
  publish(...incidents: IncidentMessage[]): Promise<void>;
  /** Tells where a unit of the Metropolitan Police is. */
  patrol(ping: { unit: string; at: string; lat: number; lon: number }): Promise<void>;
  /** Takes the stream LIVE away, as a lost disk would: the server begins another, with another epoch. */
  forgetLive(): Promise<void>;
}

/** `forewatch` is a server of the test's own, empty at first, with the `environment` asked for; `wall` its open wall. */
export const test = base.extend<
  { environment: Record<string, string>; wall: Page; forewatch: Forewatch },
  { template: string }
>({
  // One PostgreSQL for all: to make and migrate one takes longer than most tests.
  template: [
    async ({}, use) => {
      const local = await localFolder();
      await use(local.databaseUrl);
      await local.dispose();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  environment: [{}, { option: true }],
  forewatch: [
    async ({ environment, template }, use) => {
      const database = await copyOf(template);
      const server = await serverProcess(
        { ALLOW_ORIGINS: 'live,simulated,recorded', FORECAST_INTERVAL_SECONDS: '0.5', ...environment },
        undefined,
        database,
      );
      const connection = await connectNats({ urls: server.natsUrls, name: 'browser test' });
      const client = jetstream(connection);
      await use({
        ...server,
        publish: async (...incidents) => {
          for (const incident of incidents) {
            await client.publish('incidents.v1.police.test', JSON.stringify(incident));
          }
        },
        patrol: async (ping) => {
          await client.publish('patrols.v1.metropolitan', JSON.stringify(ping));
        },
        forgetLive: async () => {
          await (await jetstreamManager(connection)).streams.delete('LIVE');
        },
      });
      await connection.close();
      await server.dispose();
    },
    { timeout: 120_000 },
  ],
  wall: async ({ page, forewatch }, use) => {
    await page.goto(`${forewatch.url}/wall#${forewatch.wallToken}`);
    await page.locator('[data-connection="live"]').waitFor();
    await use(page);
  },
});

let copies = 0;

/** Another database on the same server, as empty as the one that is copied. */
async function copyOf(templateUrl: string): Promise<string> {
  const template = new URL(templateUrl);
  const url = new URL(templateUrl);
  url.pathname = `/test_${copies++}`;
  const administration = new URL(templateUrl);
  administration.pathname = '/postgres';
  const connection = await openConnection(administration.href, 'tests');
  await connection.query(`create database ${url.pathname.slice(1)} template ${template.pathname.slice(1)}`);
  await connection.end();
  return url.href;
}

export { expect } from '@playwright/test';

/** An incident a minute ago, in London unless a test says otherwise. */
export function recentIncident(change: Partial<IncidentMessage> & { id: string }): IncidentMessage {
  return {
    occurredAt: new Date(performance.timeOrigin + performance.now() - 60_000).toISOString(),
    location: { lat: 51.5, lon: -0.12 },
    category: 'burglary',
    force: 'metropolitan',
    ...change,
  };
}
