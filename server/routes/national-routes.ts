/** The national roll-up over HTTP. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { HORIZONS } from '../../shared/forecast.ts';
import { National } from '../../shared/national.ts';
import { THEMES } from '../../shared/theme.ts';
import { readingOf } from '../clock.ts';
import { feedStateOf } from '../feeds/feed-condition.ts';
import { nationalOf } from '../gateway/national.ts';
import type { Services } from '../services.ts';
import { selectFeeds } from '../store/feed-store.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Query = Type.Object({ theme: Type.Enum([...THEMES]), horizonHours: Type.Enum([...HORIZONS]) });

export const nationalRoutes: FastifyPluginAsyncTypebox<Services> = (app, { database, clock, gateway }) => {
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
      return nationalOf(gateway.picture, { principal, theme, horizonHours, nowMs: reading.nowMs, feeds });
    },
  );

  return Promise.resolve();
};
