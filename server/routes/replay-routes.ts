/** How far replay goes back, and what lies on its slider. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { ReplaySpan, Timeline } from '../../shared/replay.ts';
import { MINUTE_MS, TimeZone } from '../../shared/time.ts';
import { replaySpan } from '../replay/span.ts';
import { timelineOf } from '../replay/timeline.ts';
import type { Services } from '../services.ts';
import { instantOf } from './instant-of.ts';
import { Problem } from './problem.ts';
import { PAST_VIEW, PastView, viewAsked } from './replay-query.ts';

const TimelineQuery = Type.Object({
  ...PAST_VIEW,
  from: Type.String(),
  to: Type.String(),
  bins: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_000 })),
});

export const replayRoutes: FastifyPluginAsyncTypebox<Services> = (app, { database, config }) => {
  const timeZone = new TimeZone(config.timeZone);

  app.get(
    '/api/replay/span',
    { schema: { querystring: PastView, response: { 200: ReplaySpan } } },
    async (request) => {
      await viewAsked(request, request.query, database);
      return replaySpan(database);
    },
  );

  app.get(
    '/api/replay/timeline',
    { schema: { querystring: TimelineQuery, response: { 200: Timeline } } },
    async (request) => {
      const { from, to, bins = 200 } = request.query;
      const view = await viewAsked(request, request.query, database);
      const [fromMs, toMs] = [instantOf('from', from), instantOf('to', to)];
      // Of less than a minute nothing is counted apart.
      if (toMs - fromMs < bins * MINUTE_MS)
        throw new Problem(400, 'to must be later than from by at least a minute for each bin');
      return timelineOf(database, { fromMs, toMs, bins }, view, timeZone);
    },
  );

  return Promise.resolve();
};
