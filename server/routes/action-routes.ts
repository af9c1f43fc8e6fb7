/** Partners' actions over HTTP: the list, a new one, the steps that follow, and what followed them place by place. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { coarseCell, finenessOf } from '../../shared/cell.ts';
import { FORCES_AND_UNASSIGNED } from '../../shared/force.ts';
import {
  ACTION_BODIES,
  ActionPlaces,
  NewPartnerAction,
  PARTNER_ACTS,
  PartnerAction,
  type TriedAtPlace,
} from '../../shared/partner-action.ts';
import { parseInstant, TimeZone } from '../../shared/time.ts';
import { organisationOf, permits, visibleForces, type Principal } from '../access/policy.ts';
import { giveAction, handleAction, placeOfAction } from '../actions/give-action.ts';
import type { ActionStep } from '../actions/action-step.ts';
import { shownAction } from '../actions/shown-action.ts';
import { whatFollowed } from '../actions/what-followed.ts';
import { announceNow } from '../live/announce-now.ts';
import type { Services } from '../services.ts';
import {
  selectAction,
  selectActions,
  selectActionSteps,
  type KeptAction,
} from '../store/partner-action-store.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Force = Type.Enum([...FORCES_AND_UNASSIGNED]);
const Query = Type.Object({ force: Type.Optional(Force) });
const Id = Type.Object({ id: Type.String({ maxLength: 40 }) });
const Step = Type.Object({
  version: Type.Integer(),
  at: Type.String(),
  /** For partners the role alone. */
  by: Type.String(),
  role: Type.String(),
  step: Type.Object({ act: Type.String() }, { additionalProperties: true }),
});
const LISTED = 500;
const MOST_TRIED = 60;

export const actionRoutes: FastifyPluginAsyncTypebox<Services> = (app, services) => {
  const { database, clock, config } = services;
  const timeZone = new TimeZone(config.timeZone);

  app.get(
    '/api/actions',
    {
      schema: {
        querystring: Query,
        response: { 200: Type.Object({ actions: Type.Array(PartnerAction) }) },
      },
    },
    async (request) => {
      const principal = await requirePrincipal(request, database, { act: 'read-actions' });
      const actions = await seenBy(principal, request.query, LISTED);
      return { actions: actions.map((action) => shown(principal, action)) };
    },
  );

  app.get(
    '/api/actions/places',
    { schema: { querystring: Query, response: { 200: ActionPlaces } } },
    async (request) => {
      const principal = await requirePrincipal(request, database, { act: 'read-actions' });
      const actions = await seenBy(principal, request.query, MOST_TRIED);
      const tried: TriedAtPlace[] = [];
      for (const action of actions) {
        const followed = await whatFollowed(database, action, { nowMs: clock.now(), timeZone });
        tried.push({ action: shown(principal, action), ...followed });
      }
      const places = Map.groupBy(tried, ({ action }) => `${action.force} ${action.place}`);
      return {
        places: [...places.values()].flatMap((own) => {
          const [first] = own;
          return first === undefined
            ? []
            : [{ cell: first.action.place, force: first.action.force, tried: own }];
        }),
      };
    },
  );

  app.get(
    '/api/actions/:id',
    {
      schema: {
        params: Id,
        response: { 200: Type.Object({ action: PartnerAction, steps: Type.Array(Step) }) },
      },
    },
    async (request) => {
      const principal = await requirePrincipal(request, database, { act: 'read-actions' });
      const { id } = request.params;
      const kept = await selectAction(database, id);
      if (kept === undefined || !maySee(principal, kept)) throw noAction(id);
      const steps = await selectActionSteps(database, id);
      const isPartner = principal.role === 'partner';
      return {
        action: shown(principal, kept),
        steps: steps.map((step) => (isPartner ? { ...step, by: step.role } : step)),
      };
    },
  );

  app.post(
    '/api/actions',
    { schema: { body: NewPartnerAction, response: { 200: PartnerAction } } },
    async (request) => {
      const principal = await requirePrincipal(request, database, { act: 'give-actions' });
      if (parseInstant(`${request.body.dueOn}T00:00:00Z`) === undefined)
        throw new Problem(400, 'dueOn must be a day of the calendar: 2026-03-31');
      const place = await placeOfAction(database, request.body);
      if ('faulty' in place) throw new Problem(400, place.faulty);
      if ('missing' in place || (place.alert !== null && !maySeeForce(principal, place)))
        throw new Problem(404, `there is no alert ${request.body.alert ?? ''}`);
      if (!maySeeForce(principal, place)) throw new Problem(403, `${principal.role} may not read-force`);
      const { theme, cell, alert } = place;
      const isFine = finenessOf(cell) === 'fine' && alert === null;
      if (isFine && !permits(principal, { act: 'place-theme-finely', theme }))
        throw new Problem(403, `you may see this theme in coarse hexagons only: give ${coarseCell(cell)}`);
      const { name, role } = principal;
      const given = { actor: { name, role }, nowMs: clock.now() };
      const action = await giveAction(database, request.body, place, given);
      await announceNow(services);
      return shown(principal, action);
    },
  );

  for (const act of PARTNER_ACTS) {
    app.post(
      `/api/actions/:id/${act}`,
      { schema: { params: Id, body: ACTION_BODIES[act], response: { 200: PartnerAction } } },
      async (request) => {
        const principal = await requirePrincipal(request, database, { act: 'report-actions' });
        const { id } = request.params;
        const { expectedVersion, ...rest } = request.body;
        const { name, role } = principal;
        const done = await handleAction(
          database,
          {
            ...{ id, expectedVersion, nowMs: clock.now() },
            actor: { name, role, isPartner: role === 'partner' },
            // The schema of the route is that of the act.
            step: { act, ...rest } as ActionStep,
          },
          (action) => maySee(principal, action),
        );
        if ('missing' in done) throw noAction(id);
        if ('conflict' in done) throw new Problem(409, done.conflict);
        await announceNow(services);
        return shown(principal, done.action);
      },
    );
  }

  return Promise.resolve();

  function seenBy(
    principal: Principal,
    { force }: { force?: (typeof FORCES_AND_UNASSIGNED)[number] },
    limit: number,
  ): Promise<KeptAction[]> {
    const forces = visibleForces(principal, force === undefined ? [] : [force]);
    const own = principal.role === 'partner' ? { organisation: organisationOf(principal) } : {};
    return selectActions(database, { forces, ...own, limit });
  }

  function shown(principal: Principal, kept: KeptAction): PartnerAction {
    return shownAction(principal, kept, { nowMs: clock.now(), timeZone });
  }
};

function maySeeForce(principal: Principal, { force }: Pick<KeptAction, 'force'>): boolean {
  return permits(principal, { act: 'read-force', force });
}

function maySee(principal: Principal, action: KeptAction): boolean {
  const { organisation } = action.owner;
  return (
    maySeeForce(principal, action) &&
    permits(principal, { act: 'see-action', action: { owner: organisation } })
  );
}

function noAction(id: string): Problem {
  return new Problem(404, `there is no action ${id}`);
}
