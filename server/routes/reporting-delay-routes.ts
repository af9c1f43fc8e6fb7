/** How complete the recent past is, over HTTP: what a now-cast needs. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { FORCES_AND_UNASSIGNED } from '../../shared/force.ts';
import { THEMES } from '../../shared/theme.ts';
import { formatInstant, MINUTE_MS } from '../../shared/time.ts';
import { permits } from '../access/policy.ts';
import { reportingDelays } from '../feeds/reporting-delays.ts';
import type { Services } from '../services.ts';
import { sampleDelays, type SampledDelays } from '../store/delay-sample.ts';
import { requirePrincipal } from './require-principal.ts';

const Query = Type.Object({ force: Type.Optional(Type.Enum([...FORCES_AND_UNASSIGNED])) });

/** Delays change with shifts and seasons, not with minutes. */
const LEARN_EVERY_MS = 10 * MINUTE_MS;

export const reportingDelayRoutes: FastifyPluginAsyncTypebox<Services> = (app, { database, clock }) => {
  let sampled: { atMs: number; rows: Promise<SampledDelays[]> } | undefined;
  const sample = (): Promise<SampledDelays[]> => {
    const nowMs = clock.now();
    if (sampled !== undefined && Math.abs(nowMs - sampled.atMs) < LEARN_EVERY_MS) return sampled.rows;
    const own = { atMs: nowMs, rows: sampleDelays(database, formatInstant(nowMs)) };
    sampled = own;
    own.rows.catch(() => {
      if (sampled === own) sampled = undefined;
    });
    return own.rows;
  };

  app.get('/api/reporting-delays', { schema: { querystring: Query } }, async (request) => {
    const { force } = request.query;
    const asked = force === undefined ? [] : [{ act: 'read-force', force } as const];
    const principal = await requirePrincipal(
      request,
      database,
      { act: 'read-live' },
      { act: 'read-feeds' },
      ...asked,
    );
    const forces = (force === undefined ? FORCES_AND_UNASSIGNED : [force]).filter((one) =>
      permits(principal, { act: 'read-force', force: one }),
    );
    return reportingDelays(await sample(), forces, THEMES);
  });

  return Promise.resolve();
};
