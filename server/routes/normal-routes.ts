/** What is usual at these hours of the week, beside what came, over HTTP. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { FORCES_AND_UNASSIGNED, type Force } from '../../shared/force.ts';
import { Normals, type ForceNormal } from '../../shared/force-normals.ts';
import { NORMAL_HOURS, type AgainstNormal } from '../../shared/normal.ts';
import { THEMES } from '../../shared/theme.ts';
import { formatInstant } from '../../shared/time.ts';
import { visibleForces } from '../access/policy.ts';
import { readingOf } from '../clock.ts';
import { feedStateOf } from '../feeds/feed-condition.ts';
import { knowledgeOf } from '../gateway/national.ts';
import type { Services } from '../services.ts';
import { selectFeeds } from '../store/feed-store.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Query = Type.Object({
  theme: Type.Enum([...THEMES]),
  hours: Type.Enum([...NORMAL_HOURS]),
  force: Type.Optional(Type.Enum([...FORCES_AND_UNASSIGNED])),
});

const UNKNOWN: AgainstNormal = { reported: null, normal: null, reason: 'no-data' };

export const normalRoutes: FastifyPluginAsyncTypebox<Services> = (app, services) => {
  const { database, clock, gateway, normals } = services;
  app.get('/api/normals', { schema: { querystring: Query, response: { 200: Normals } } }, async (request) => {
    const { theme, hours, force } = request.query;
    const principal = await requirePrincipal(
      request,
      database,
      { act: 'read-live' },
      { act: 'read-feeds' },
      ...(force === undefined ? [] : [{ act: 'read-force', force } as const]),
    );
    const reading = readingOf(clock);
    const feeds = (await selectFeeds(database)).map((account) => feedStateOf(account, reading));
    if (gateway.picture === undefined) throw new Problem(503, 'the gateway is not ready: ask again');
    const knowledge = knowledgeOf(gateway.picture, feeds, reading.nowMs);
    const forces: ForceNormal[] = [];
    for (const own of visibleForces(principal, force === undefined ? [] : [force])) {
      const { data, isTimedAtAll } = knowledge(own);
      const isKnown = data !== 'none' && isTimedAtAll;
      forces.push({ force: own, data, ...(isKnown ? await normals.of([own], theme, hours) : UNKNOWN) });
    }
    const known: Force[] = forces.flatMap((own) => (own.reported === null ? [] : [own.force]));
    return {
      at: formatInstant(await normals.endMs()),
      theme,
      hours,
      forces,
      total: known.length === 0 ? UNKNOWN : await normals.of(known, theme, hours),
    };
  });

  return Promise.resolve();
};
