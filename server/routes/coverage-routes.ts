/** What the feeds cover, over HTTP. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Coverage } from '../../shared/coverage.ts';
import { readingOf } from '../clock.ts';
import { feedStateOf } from '../feeds/feed-condition.ts';
import { coverageOf } from '../gateway/coverage.ts';
import type { Services } from '../services.ts';
import { selectFeeds } from '../store/feed-store.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

export const coverageRoutes: FastifyPluginAsyncTypebox<Services> = (app, { database, clock, gateway }) => {
  app.get('/api/coverage', { schema: { response: { 200: Coverage } } }, async (request) => {
    const principal = await requirePrincipal(request, database, { act: 'read-live' }, { act: 'read-feeds' });
    const reading = readingOf(clock);
    // Judged now, from the account itself: should ingest be dead, nobody would announce that the feeds are silent.
    const feeds = (await selectFeeds(database)).map((account) => feedStateOf(account, reading));
    if (gateway.picture === undefined) throw new Problem(503, 'the gateway is not ready: ask again');
    return coverageOf(gateway.picture, { principal, nowMs: reading.nowMs, feeds });
  });

  return Promise.resolve();
};
