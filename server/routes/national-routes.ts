/** The national roll-up over HTTP. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { HORIZONS } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import { National, type NationalRow, type TrailingNormals } from '../../shared/national.ts';
import { THEMES } from '../../shared/theme.ts';
import { readingOf } from '../clock.ts';
import { feedStateOf } from '../feeds/feed-condition.ts';
import { nationalOf, type NationalWithoutNormals } from '../gateway/national.ts';
import type { Normals } from '../normals/normals.ts';
import type { Services } from '../services.ts';
import { selectFeeds } from '../store/feed-store.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Query = Type.Object({ theme: Type.Enum([...THEMES]), horizonHours: Type.Enum([...HORIZONS]) });

export const nationalRoutes: FastifyPluginAsyncTypebox<Services> = (
  app,
  { database, clock, gateway, normals },
) => {
  app.get(
    '/api/national',
    { schema: { querystring: Query, response: { 200: National } } },
    async (request) => {
      const { theme, horizonHours } = request.query;
      const principal = await requirePrincipal(
        request,
        database,
        { act: 'read-live' },
        { act: 'read-feeds' },
      );
      const reading = readingOf(clock);
      // Judged now, from the account itself: should ingest be dead, nobody would announce that the feeds are silent.
      const feeds = (await selectFeeds(database)).map((account) => feedStateOf(account, reading));
      if (gateway.picture === undefined) throw new Problem(503, 'the gateway is not ready: ask again');
      const question = { principal, theme, horizonHours, nowMs: reading.nowMs, feeds };
      return withNormals(nationalOf(gateway.picture, question), normals);
    },
  );

  return Promise.resolve();
};

async function withNormals(national: NationalWithoutNormals, normals: Normals): Promise<National> {
  const { theme, forces: rows, total } = national;
  const trailing = async (forces: readonly Force[]): Promise<TrailingNormals> => ({
    lastHour: await normals.of(forces, theme, 1),
    last8Hours: await normals.of(forces, theme, 8),
    last24Hours: await normals.of(forces, theme, 24),
  });
  const forces: NationalRow[] = [];
  for (const row of rows) {
    forces.push({ ...row, normals: row.counts === null ? null : await trailing([row.force]) });
  }
  const known = rows.filter(({ counts }) => counts !== null).map(({ force }) => force);
  const normalsOfAll = known.length === 0 ? null : await trailing(known);
  return { ...national, forces, total: { ...total, normals: normalsOfAll } };
}
