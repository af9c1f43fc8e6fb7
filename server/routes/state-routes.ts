/** The state as it was known at a moment of the past, and what was announced from there on. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { MAX_MERGE_SECONDS } from '../../shared/replay.ts';
import { TimeZone } from '../../shared/time.ts';
import { locateSeq, locateTime, type PastMoment } from '../replay/locate.ts';
import { readState } from '../replay/read-state.ts';
import { readTold } from '../replay/read-told.ts';
import type { Services } from '../services.ts';
import { instantOf } from './instant-of.ts';
import { Problem } from './problem.ts';
import { PAST_VIEW, viewAsked } from './replay-query.ts';

const Epoch = Type.Optional(Type.String({ maxLength: 64 }));
const Seq = Type.Optional(Type.Integer({ minimum: 0 }));

const StateQuery = Type.Object({ ...PAST_VIEW, at: Type.Optional(Type.String()), epoch: Epoch, seq: Seq });
const LiveQuery = Type.Object({
  ...PAST_VIEW,
  from: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
  epoch: Epoch,
  afterSeq: Seq,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5_000 })),
  merge: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_MERGE_SECONDS })),
});

export const stateRoutes: FastifyPluginAsyncTypebox<Services> = (app, { database, config }) => {
  const timeZone = new TimeZone(config.timeZone);

  app.get('/api/state', { schema: { querystring: StateQuery } }, async (request, reply) => {
    const { at, epoch, seq } = request.query;
    const view = await viewAsked(request, request.query, database);
    const moment =
      at === undefined
        ? await locateSeq(database, ...place('seq', epoch, seq))
        : await locateTime(database, instantOf('at', at));
    void reply.header('cache-control', 'private, no-store');
    return readState(database, known(moment), view, timeZone);
  });

  app.get('/api/live', { schema: { querystring: LiveQuery } }, async (request) => {
    const { from, to, epoch, afterSeq, limit = 1_000, merge = 0 } = request.query;
    const view = await viewAsked(request, request.query, database);
    const toMs = to === undefined ? Infinity : instantOf('to', to);
    const moment = known(
      from === undefined
        ? await locateSeq(database, ...place('afterSeq', epoch, afterSeq))
        : await locateTime(database, instantOf('from', from)),
    );
    const question = { afterSeq: moment.seq, afterStampMs: moment.stampMs, toMs, limit };
    const { keyframe } = moment;
    return readTold(database, { ...question, keyframe, mergeMs: merge * 1_000 }, view, timeZone);
  });

  return Promise.resolve();
};

function place(name: string, epoch: string | undefined, seq: number | undefined): [string, number] {
  if (epoch === undefined || seq === undefined)
    throw new Problem(400, `a time is needed, or epoch and ${name}`);
  return [epoch, seq];
}

function known(moment: PastMoment | undefined): PastMoment {
  if (moment === undefined) throw new Problem(404, 'nothing is kept of that time');
  return moment;
}
