/** Feed health over HTTP: the account of every source. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { readingOf } from '../clock.ts';
import { feedStateOf } from '../feeds/feed-condition.ts';
import type { Services } from '../services.ts';
import { selectFeeds } from '../store/feed-store.ts';
import { requirePrincipal } from './require-principal.ts';

export const feedRoutes: FastifyPluginAsyncTypebox<Services> = (app, { database, clock }) => {
  app.get('/api/feeds', async (request) => {
    await requirePrincipal(request, database, { act: 'read-feeds' });
    const reading = readingOf(clock);
    return { feeds: (await selectFeeds(database)).map((account) => feedStateOf(account, reading)) };
  });

  return Promise.resolve();
};
