/** Minutes of patrol per cell and hour over HTTP, and the account of the pings behind them. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { coarseCell, fineCells, finenessOf, type Cell } from '../../shared/cell.ts';
import { FORCES_AND_UNASSIGNED } from '../../shared/force.ts';
import { PatrolMinutes } from '../../shared/patrol-minutes.ts';
import { PatrolUnits } from '../../shared/patrol-units.ts';
import { DAY_MS, formatInstant, HOUR_MS, parseInstant } from '../../shared/time.ts';
import { permits, visibleForces } from '../access/policy.ts';
import { minutesOf } from '../patrols/minutes-of.ts';
import type { Services } from '../services.ts';
import { hasPings, selectDoses, selectPatrolAccounts } from '../store/patrol-store.ts';
import { selectUnitsSince } from '../store/patrol-units-store.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Query = Type.Object({
  cell: Type.Optional(Type.String({ maxLength: 16 })),
  force: Type.Optional(Type.Enum([...FORCES_AND_UNASSIGNED])),
  from: Type.Optional(Type.String({ maxLength: 40 })),
  to: Type.Optional(Type.String({ maxLength: 40 })),
});
const Accounts = Type.Object({
  forces: Type.Array(
    Type.Object({
      force: Type.Enum([...FORCES_AND_UNASSIGNED]),
      stored: Type.Integer(),
      duplicates: Type.Integer(),
      rejected: Type.Integer(),
      lastRejection: Type.Union([Type.Object({ reason: Type.String(), at: Type.String() }), Type.Null()]),
    }),
  ),
});

/** Of a whole force, and of one cell. */
const MOST_DAYS = { force: 7, cell: 92 };

export const patrolRoutes: FastifyPluginAsyncTypebox<Services> = (app, { database, clock }) => {
  app.get(
    '/api/patrols/minutes',
    { schema: { querystring: Query, response: { 200: PatrolMinutes } } },
    async (request) => {
      const { cell, force } = request.query;
      if ((cell === undefined) === (force === undefined)) throw new Problem(400, 'ask for a cell or a force');
      const principal = await requirePrincipal(
        request,
        database,
        { act: 'read-live' },
        ...(force === undefined ? [] : [{ act: 'read-force', force } as const]),
      );
      const isFine = permits(principal, { act: 'place-theme-finely', theme: 'all' });
      const cells = cell === undefined ? undefined : cellsWithin(cell, isFine);
      const span = spanOf(request.query, clock.now(), force === undefined ? MOST_DAYS.cell : MOST_DAYS.force);
      const forces = visibleForces(principal, force === undefined ? [] : [force]);
      const doses = await selectDoses(database, { forces, ...span, ...(cells !== undefined && { cells }) });
      const coarsely = !isFine || (cell !== undefined && finenessOf(cell) === 'coarse');
      return {
        from: formatInstant(span.fromMs),
        to: formatInstant(span.toMs),
        cells: minutesOf(doses, !coarsely),
        known: doses.length > 0 || (await hasPings(database, forces)),
      };
    },
  );

  app.get(
    '/api/patrols/units',
    {
      schema: {
        querystring: Type.Object({ force: Type.Enum([...FORCES_AND_UNASSIGNED]) }),
        response: { 200: PatrolUnits },
      },
    },
    async (request) => {
      const { force } = request.query;
      await requirePrincipal(request, database, { act: 'handle-alerts' }, { act: 'read-force', force });
      const units = await selectUnitsSince(database, force, clock.now() - HOUR_MS);
      return { units: units.map(({ atMs, ...unit }) => ({ ...unit, at: formatInstant(atMs) })) };
    },
  );

  app.get('/api/patrols', { schema: { response: { 200: Accounts } } }, async (request) => {
    const principal = await requirePrincipal(request, database, { act: 'read-feeds' });
    const accounts = await selectPatrolAccounts(database);
    return { forces: accounts.filter(({ force }) => permits(principal, { act: 'read-force', force })) };
  });

  return Promise.resolve();
};

/** Itself, or of a coarse one all within it. */
function cellsWithin(cell: string, isFine: boolean): Cell[] {
  const fineness = finenessOf(cell);
  if (fineness === undefined) throw new Problem(400, 'cell must be an H3 index of resolution 9 or 7');
  if (fineness === 'fine' && !isFine)
    throw new Problem(403, `you may see coarse hexagons only: ask for ${coarseCell(cell)}`);
  return fineness === 'fine' ? [cell] : fineCells(cell);
}

/** Whole hours; the last 24 and the one under way, unless said otherwise. */
function spanOf(
  { from, to }: { from?: string; to?: string },
  nowMs: number,
  mostDays: number,
): { fromMs: number; toMs: number } {
  const toMs = Math.ceil((to === undefined ? nowMs : instant('to', to)) / HOUR_MS) * HOUR_MS;
  const fromMs =
    Math.floor((from === undefined ? nowMs - DAY_MS : instant('from', from)) / HOUR_MS) * HOUR_MS;
  const days = (toMs - fromMs) / DAY_MS;
  // A span of whole days that begins within an hour touches one hour more.
  if (!(days > 0 && days <= mostDays + 1 / 12))
    throw new Problem(400, `to must lie after from, by ${mostDays} days at most`);
  return { fromMs, toMs };
}

function instant(name: string, text: string): number {
  const ms = parseInstant(text);
  if (ms === undefined) throw new Problem(400, `${name} must be a date and time with zone (RFC 3339)`);
  return ms;
}
