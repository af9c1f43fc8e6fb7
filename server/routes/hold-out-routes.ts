/** Hold-outs over HTTP: what was drawn, a new draw, and the effect of patrols that follows from it. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { FORCES_AND_UNASSIGNED } from '../../shared/force.ts';
import {
  HOLD_OUT_DAYS,
  HoldOutDetail,
  HoldOutSummary,
  NewHoldOut,
  ONE_IN,
  PatrolEffect,
} from '../../shared/patrol-effect.ts';
import { THEMES } from '../../shared/theme.ts';
import { DAY_MS } from '../../shared/time.ts';
import { permits, visibleForces } from '../access/policy.ts';
import type { Services } from '../services.ts';
import { selectHoldOutCells, selectHoldOuts } from '../store/hold-out-store.ts';
import { drawAndKeep, patrolEffect, summaryOf } from '../taskings/hold-outs.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Force = Type.Enum([...FORCES_AND_UNASSIGNED]);
const Query = Type.Object({ force: Type.Optional(Force) });
const EffectQuery = Type.Object({ force: Force, theme: Type.Optional(Type.Enum([...THEMES])) });
const Id = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** Of the ranking that is drawn from: of a day, as its hotspots stay where they are longest. */
const HORIZON_HOURS = 24;
const FEWEST_TO_DRAW = 4;
const USUAL_SEED = 1;

export const holdOutRoutes: FastifyPluginAsyncTypebox<Services> = (app, services) => {
  const { database, clock, gateway } = services;

  app.get(
    '/api/patrols/hold-outs',
    {
      schema: {
        querystring: Query,
        response: { 200: Type.Object({ holdOuts: Type.Array(HoldOutSummary) }) },
      },
    },
    async (request) => {
      const { force } = request.query;
      const principal = await requirePrincipal(request, database, { act: 'read-taskings' });
      const forces = visibleForces(principal, force === undefined ? [] : [force]);
      return { holdOuts: (await selectHoldOuts(database, forces)).map(summaryOf) };
    },
  );

  app.get(
    '/api/patrols/hold-outs/:id',
    { schema: { params: Id, response: { 200: HoldOutDetail } } },
    async (request) => {
      const principal = await requirePrincipal(request, database, { act: 'read-taskings' });
      const { id } = request.params;
      const own = await selectHoldOuts(database, visibleForces(principal));
      const holdOut = own.find((one) => one.id === id);
      if (holdOut === undefined) throw new Problem(404, `there is no hold-out ${id}`);
      if (!permits(principal, { act: 'place-theme-finely', theme: holdOut.theme }))
        throw new Problem(403, 'the hotspots of this theme are shown to cleared accounts only');
      return { holdOut: summaryOf(holdOut), cells: await selectHoldOutCells(database, id) };
    },
  );

  app.post(
    '/api/patrols/hold-outs',
    { schema: { body: NewHoldOut, response: { 200: HoldOutDetail } } },
    async (request) => {
      const { force, theme = 'all', days = HOLD_OUT_DAYS.usual } = request.body;
      const { oneIn = ONE_IN.usual, seed = USUAL_SEED } = request.body;
      const principal = await requirePrincipal(
        request,
        database,
        { act: 'draw-hold-out' },
        { act: 'read-force', force },
        { act: 'place-theme-finely', theme },
      );
      const [ranked] = gateway.picture?.hotspots([force], [theme], HORIZON_HOURS) ?? [];
      const hotspots = ranked?.hotspots ?? [];
      if (hotspots.length < FEWEST_TO_DRAW)
        throw new Problem(409, `${force} has ${hotspots.length} hotspots: too few to hold any out`);
      const fromMs = clock.now();
      const holdOut = await drawAndKeep(
        database,
        { force, theme, seed, oneIn, fromMs, toMs: fromMs + days * DAY_MS, drawnBy: principal.name },
        hotspots.map(({ cell, expected }) => ({ cell, expectedPerDay: expected })),
      );
      if (holdOut === undefined)
        throw new Problem(409, 'hotspots of this force and theme are held out in that time already');
      return { holdOut: summaryOf(holdOut), cells: await selectHoldOutCells(database, holdOut.id) };
    },
  );

  app.get(
    '/api/patrols/effect',
    { schema: { querystring: EffectQuery, response: { 200: PatrolEffect } } },
    async (request) => {
      const { force, theme } = request.query;
      await requirePrincipal(request, database, { act: 'read-scorecard' }, { act: 'read-force', force });
      const nowMs = clock.now();
      const holdOut = (await selectHoldOuts(database, [force])).find(
        (one) => one.fromMs <= nowMs && (theme === undefined || one.theme === theme),
      );
      return { force, effect: holdOut === undefined ? null : await patrolEffect(database, holdOut, nowMs) };
    },
  );

  return Promise.resolve();
};
