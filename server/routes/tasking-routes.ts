/** Taskings of hotspots over HTTP: the list with what was delivered, a new one, and the steps that follow. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { coarseCell, finenessOf } from '../../shared/cell.ts';
import { FORCES_AND_UNASSIGNED } from '../../shared/force.ts';
import { NewTasking, Tasking, TASKING_ACTS, TASKING_BODIES, Taskings } from '../../shared/tasking.ts';
import { DAY_MS } from '../../shared/time.ts';
import { permits, visibleForces, type Principal } from '../access/policy.ts';
import { announceNow } from '../live/announce-now.ts';
import type { Services } from '../services.ts';
import { selectHeldOut } from '../store/hold-out-store.ts';
import {
  selectTasking,
  selectTaskings,
  selectTaskingSteps,
  type KeptTasking,
} from '../store/tasking-store.ts';
import { deliveredOf } from '../taskings/delivered.ts';
import { shownCell, shownTasking } from '../taskings/shown-tasking.ts';
import { handleTasking, taskUnit, type Tasked } from '../taskings/task-unit.ts';
import type { TaskingStep } from '../taskings/tasking-step.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Query = Type.Object({ force: Type.Optional(Type.Enum([...FORCES_AND_UNASSIGNED])) });
const Id = Type.Object({ id: Type.String({ maxLength: 40 }) });
const Step = Type.Object({
  version: Type.Integer(),
  at: Type.String(),
  by: Type.String(),
  role: Type.String(),
  step: Type.Object({ act: Type.String() }, { additionalProperties: true }),
});

export const taskingRoutes: FastifyPluginAsyncTypebox<Services> = (app, services) => {
  const { database, clock } = services;
  app.get(
    '/api/taskings',
    { schema: { querystring: Query, response: { 200: Taskings } } },
    async (request) => {
      const { force } = request.query;
      const principal = await requirePrincipal(
        request,
        database,
        { act: 'read-taskings' },
        ...(force === undefined ? [] : [{ act: 'read-force', force } as const]),
      );
      const forces = visibleForces(principal, force === undefined ? [] : [force]);
      const nowMs = clock.now();
      const taskings = await selectTaskings(database, { forces, endedSinceMs: nowMs - DAY_MS });
      const delivered = await deliveredOf(database, taskings, nowMs);
      const heldOut = await selectHeldOut(database, { forces, atMs: nowMs });
      return {
        taskings: taskings.map((tasking, place) => shownTasking(principal, tasking, delivered[place])),
        heldOut: heldOut.map((held) => ({ ...held, cell: shownCell(principal, held) })),
      };
    },
  );

  app.get(
    '/api/taskings/:id',
    { schema: { params: Id, response: { 200: Type.Object({ tasking: Tasking, steps: Type.Array(Step) }) } } },
    async (request) => {
      const principal = await requirePrincipal(request, database, { act: 'read-taskings' });
      const { id } = request.params;
      const kept = await selectTasking(database, id);
      if (kept === undefined || !permits(principal, { act: 'read-force', force: kept.force }))
        throw noTasking(id);
      return { tasking: await withDelivered(principal, kept), steps: await selectTaskingSteps(database, id) };
    },
  );

  app.post('/api/taskings', { schema: { body: NewTasking, response: { 200: Tasking } } }, async (request) => {
    const { force, cell, theme = 'all' } = request.body;
    const principal = await requirePrincipal(
      request,
      database,
      { act: 'task-units' },
      { act: 'read-force', force },
    );
    const fineness = finenessOf(cell);
    if (fineness === undefined) throw new Problem(400, 'cell must be an H3 index of resolution 9 or 7');
    if (fineness === 'fine' && !permits(principal, { act: 'place-theme-finely', theme }))
      throw new Problem(403, `you may see this theme in coarse hexagons only: task ${coarseCell(cell)}`);
    const { name, role } = principal;
    const done = await taskUnit(database, request.body, { actor: { name, role }, nowMs: clock.now() });
    const tasking = taskingOf(done, '');
    await announceNow(services);
    return withDelivered(principal, tasking);
  });

  for (const act of TASKING_ACTS) {
    app.post(
      `/api/taskings/:id/${act}`,
      { schema: { params: Id, body: TASKING_BODIES[act], response: { 200: Tasking } } },
      async (request) => {
        const principal = await requirePrincipal(request, database, { act: 'task-units' });
        const { id } = request.params;
        const { expectedVersion, ...rest } = request.body;
        const { name, role } = principal;
        const done = await handleTasking(
          database,
          {
            ...{ id, expectedVersion, nowMs: clock.now(), actor: { name, role } },
            // The schema of the route is that of the act.
            step: { act, ...rest } as TaskingStep,
          },
          ({ force }) => permits(principal, { act: 'read-force', force }),
        );
        const tasking = taskingOf(done, id);
        await announceNow(services);
        return withDelivered(principal, tasking);
      },
    );
  }

  return Promise.resolve();

  async function withDelivered(principal: Principal, kept: KeptTasking): Promise<Tasking> {
    const [delivered] = await deliveredOf(database, [kept], clock.now());
    return shownTasking(principal, kept, delivered);
  }
};

function taskingOf(done: Tasked, id: string): KeptTasking {
  if ('missing' in done) throw noTasking(id);
  if ('conflict' in done) throw new Problem(409, done.conflict);
  return done.tasking;
}

function noTasking(id: string): Problem {
  return new Problem(404, `there is no tasking ${id}`);
}
