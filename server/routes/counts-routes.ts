/** Counts of the past over HTTP: what a screen shows of days that LIVE no longer knows. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { FORCES_AND_UNASSIGNED } from '../../shared/force.ts';
import { MOST_COUNTED_HOURS, PastCounts } from '../../shared/past-counts.ts';
import { THEMES } from '../../shared/theme.ts';
import { formatInstant, HOUR_MS, parseInstant } from '../../shared/time.ts';
import { visibleForces } from '../access/policy.ts';
import { pastCells } from '../gateway/past-counts.ts';
import type { Services } from '../services.ts';
import { selectPastCounts } from '../store/past-counts.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Query = Type.Object({
  theme: Type.Enum([...THEMES]),
  force: Type.Optional(Type.Enum([...FORCES_AND_UNASSIGNED])),
  from: Type.String(),
  to: Type.String(),
});

export const countsRoutes: FastifyPluginAsyncTypebox<Services> = (app, { database }) => {
  app.get(
    '/api/counts',
    { schema: { querystring: Query, response: { 200: PastCounts } } },
    async (request) => {
      const { theme, force, from, to } = request.query;
      const asked = force === undefined ? [] : [{ act: 'read-force', force } as const];
      const principal = await requirePrincipal(request, database, { act: 'read-live' }, ...asked);
      const [fromMs, toMs] = [hour('from', from), hour('to', to)];
      if (toMs <= fromMs || toMs - fromMs > MOST_COUNTED_HOURS * HOUR_MS)
        throw new Problem(400, `to must be 1 to ${MOST_COUNTED_HOURS} hours after from`);
      const forces = visibleForces(principal, force === undefined ? [] : [force]);
      const counted = await selectPastCounts(database, { forces, fromMs, toMs });
      return {
        theme,
        from: formatInstant(fromMs),
        to: formatInstant(toMs),
        cells: pastCells(principal, theme, counted),
      };
    },
  );

  return Promise.resolve();
};

function hour(name: string, text: string): number {
  const ms = parseInstant(text);
  if (ms === undefined) throw new Problem(400, `${name} must be a date and time with zone (RFC 3339)`);
  if (ms % HOUR_MS !== 0) throw new Problem(400, `${name} must be a whole hour`);
  return ms;
}
