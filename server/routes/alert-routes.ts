/** Alerts over HTTP: the list, one with its steps, the steps themselves, and the meter. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { AlertMeter, AlertMeters } from '../../shared/alert-meter.ts';
import { Alert } from '../../shared/alert-state.ts';
import { STEP_BODIES, ALERT_ACTS, type AlertStep } from '../../shared/alert-step.ts';
import { FORCES_AND_UNASSIGNED, type Force } from '../../shared/force.ts';
import { DAY_MS, formatInstant, parseInstant } from '../../shared/time.ts';
import { permits, visibleForces } from '../access/policy.ts';
import { handleAlert } from '../alerts/handle-alert.ts';
import { meterOf } from '../alerts/meter.ts';
import { loadOf } from '../alerts/present-load.ts';
import { shownAlert } from '../gateway/shown.ts';
import { announceNow } from '../live/announce-now.ts';
import type { Services } from '../services.ts';
import { selectPrioritiesGiven } from '../store/alert-message-store.ts';
import {
  selectAlert,
  selectAlertsRaised,
  selectForcesCalled,
  selectOpenAlerts,
  selectSteps,
} from '../store/alert-store.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const ForceName = Type.Enum([...FORCES_AND_UNASSIGNED]);
const Query = Type.Object({
  force: Type.Optional(ForceName),
  from: Type.Optional(Type.String({ maxLength: 40 })),
  to: Type.Optional(Type.String({ maxLength: 40 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
});
const Id = Type.Object({ id: Type.String({ maxLength: 40 }) });
const Step = Type.Object({
  version: Type.Integer(),
  at: Type.String(),
  by: Type.String(),
  role: Type.String(),
  step: Type.Object({ act: Type.String() }, { additionalProperties: true }),
});
const USUAL_LIMIT = 200;

/** Of so many all are told; whoever sees more is told of those with alerts. */
const FEW_FORCES = 6;

export const alertRoutes: FastifyPluginAsyncTypebox<Services> = (app, services) => {
  const { database, clock } = services;
  async function meter(force: Force, nowMs: number): Promise<AlertMeter> {
    return meterOf(formatInstant(nowMs), await loadOf(database, force, nowMs), {
      open: (await selectOpenAlerts(database, force)).map(({ alert }) => alert),
      given: await selectPrioritiesGiven(database, force, nowMs - DAY_MS),
    });
  }

  app.get(
    '/api/alerts',
    { schema: { querystring: Query, response: { 200: Type.Object({ alerts: Type.Array(Alert) }) } } },
    async (request) => {
      const { force, from, to, limit = USUAL_LIMIT } = request.query;
      const principal = await requirePrincipal(request, database, { act: 'read-alerts' });
      const forces = visibleForces(principal, force === undefined ? [] : [force]);
      if (from === undefined && to === undefined) {
        const open = await selectOpenAlerts(database);
        const seen = open.filter(({ alert }) => forces.includes(alert.force)).slice(0, limit);
        return { alerts: seen.map((kept) => shownAlert(principal, kept)) };
      }
      const toMs = to === undefined ? clock.now() : instant('to', to);
      const fromMs = from === undefined ? toMs - DAY_MS : instant('from', from);
      const raised = await selectAlertsRaised(database, { forces, fromMs, toMs, limit });
      return { alerts: raised.map((kept) => shownAlert(principal, kept)) };
    },
  );

  app.get(
    '/api/alerts/:id',
    {
      schema: { params: Id, response: { 200: Type.Object({ alert: Alert, steps: Type.Array(Step) }) } },
    },
    async (request) => {
      const principal = await requirePrincipal(request, database, { act: 'read-alerts' });
      const { id } = request.params;
      const kept = await selectAlert(database, id);
      if (kept === undefined || !permits(principal, { act: 'read-force', force: kept.alert.force }))
        throw noAlert(id);
      return { alert: shownAlert(principal, kept), steps: await selectSteps(database, id) };
    },
  );

  app.get(
    '/api/alerts/meter',
    { schema: { querystring: Type.Object({ force: ForceName }), response: { 200: AlertMeter } } },
    async (request) => {
      const { force } = request.query;
      await requirePrincipal(request, database, { act: 'read-alerts' }, { act: 'read-force', force });
      return meter(force, clock.now());
    },
  );

  app.get('/api/alerts/meters', { schema: { response: { 200: AlertMeters } } }, async (request) => {
    const principal = await requirePrincipal(request, database, { act: 'read-alerts' });
    const own = visibleForces(principal, []);
    const nowMs = clock.now();
    const called = own.length > FEW_FORCES ? await selectForcesCalled(database, nowMs - DAY_MS) : own;
    const forces = [];
    for (const force of called.filter((one) => own.includes(one)))
      forces.push({ force, meter: await meter(force, nowMs) });
    return { forces };
  });

  for (const act of ALERT_ACTS) {
    app.post(
      `/api/alerts/:id/${act}`,
      { schema: { params: Id, body: STEP_BODIES[act], response: { 200: Alert } } },
      async (request) => {
        const principal = await requirePrincipal(request, database, { act: 'handle-alerts' });
        const { id } = request.params;
        const { expectedVersion, ...rest } = request.body;
        const { name, role } = principal;
        const done = await handleAlert(
          database,
          {
            ...{ id, expectedVersion, nowMs: clock.now() },
            // The schema of the route is that of the act.
            step: { act, ...rest } as AlertStep,
            actor: { name, role, leads: permits(principal, { act: 'lead-alerts' }) },
          },
          ({ alert }) => permits(principal, { act: 'read-force', force: alert.force }),
        );
        if ('missing' in done) throw noAlert(id);
        if ('conflict' in done) throw new Problem(409, done.conflict);
        await announceNow(services);
        return shownAlert(principal, done);
      },
    );
  }

  return Promise.resolve();
};

function noAlert(id: string): Problem {
  return new Problem(404, `there is no alert ${id}`);
}

function instant(name: string, text: string): number {
  const ms = parseInstant(text);
  if (ms === undefined) throw new Problem(400, `${name} must be a date and time with zone (RFC 3339)`);
  return ms;
}
