/** A whole force's published years, by the command and through every stage: an exact account, and months shown as months. */
import { execFile } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import type { FeedState } from '../../shared/feed.ts';
import { LiveClient } from '../support/live-client.ts';
import { realForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

const RECORDING = join(readConfig().recordingsDir, 'uk_city_of_london_2018_2021.csv.gz');
const PLAY = join(import.meta.dirname, '../../server/commands/play.ts');
const ROWS = 26_539;
/** Of these, so many have the id of another row and other content: a crime that is published twice. */
const CONFLICTS = 179;
const LAST_MONTH = '2021-09';

/** By id, as the file has them first: the later ones are conflicts. */
async function idsOfLastMonth(): Promise<number> {
  const monthOf = new Map<string, string>();
  for await (const line of createInterface({ input: createReadStream(RECORDING).pipe(createGunzip()) })) {
    const [id = '', month = ''] = line.split(',');
    const known = monthOf.get(id);
    // Played in order of time, the earliest month wins.
    if (known === undefined || month < known) monthOf.set(id, month);
  }
  return [...monthOf.values()].filter((month) => month === LAST_MONTH).length;
}

// Where the recordings are not at hand, this is reported as skipped.
it.skipIf(!existsSync(RECORDING))(
  'plays 45 months of the City of London: read = stored + duplicates + rejected, and shows the last month as a month',
  async () => {
    const forewatch = await realForewatch({ clock: 'feed' });
    const { server, database, nats } = forewatch;
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [PLAY, RECORDING, '--speed', 'max'], {
        env: { PATH: '', NATS_URL: nats.url, DATA_DIR: server.services.config.dataDir },
      });
      expect(JSON.parse(stdout)).toEqual({ read: ROWS, published: ROWS, rejected: 0 });

      const headers = { authorization: `Bearer ${await forewatch.token()}` };
      const [feed] = await until(
        async () => {
          const answer = await fetch(`${server.url}/api/feeds`, { headers });
          return ((await answer.json()) as { feeds: FeedState[] }).feeds;
        },
        ([one]) => one !== undefined && one.stored + one.duplicates + one.rejected === ROWS,
        60_000,
      );
      expect(feed).toMatchObject({
        ...{ stored: ROWS - CONFLICTS, duplicates: 0, rejected: CONFLICTS },
        ...{ feed: 'police-uk-city-of-london', condition: 'live', finestPrecision: 'month' },
        lastRejection: { path: '/id' },
      });
      const { rows } = await database.query(
        `select count(*)::int as stored, count(distinct (agency, feed, id))::int as identities,
           count(distinct occurred_at)::int as months, count(*) filter (where time_precision = 'month')::int as monthly
         from incidents`,
      );
      const stored = ROWS - CONFLICTS;
      expect(rows).toEqual([{ stored, identities: stored, months: 45, monthly: stored }]);

      const client = await LiveClient.connect(server.url, headers.authorization.replace('Bearer ', ''));
      const wanted = await idsOfLastMonth();
      const { counts, origins } = await until(
        () => client.snapshot({ horizonHours: 24 }),
        ({ periods }) =>
          periods[0]?.period === LAST_MONTH &&
          periods[0].cells.reduce((sum, [, count]) => sum + count, 0) === wanted,
      );
      await client.close();
      expect({ counts, origins }).toEqual({ counts: [], origins: ['recorded'] });
    } finally {
      await forewatch.dispose();
    }
  },
  120_000,
);
