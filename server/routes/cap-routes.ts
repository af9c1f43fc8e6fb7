/** Alerts over HTTP for other programs: each as a CAP message, and a feed of those that are open. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { FORCES_AND_UNASSIGNED } from '../../shared/force.ts';
import { formatInstant } from '../../shared/time.ts';
import { permits, visibleForces } from '../access/policy.ts';
import { alertFeed, FEED_TYPE } from '../cap/alert-feed.ts';
import { CAP_TYPE } from '../cap/cap-message.ts';
import { toldAlert } from '../cap/told-alert.ts';
import { shownAlert } from '../gateway/shown.ts';
import type { Services } from '../services.ts';
import { selectAlertAt } from '../store/alert-message-store.ts';
import { selectAlert, selectOpenAlerts } from '../store/alert-store.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Id = Type.Object({ id: Type.String({ maxLength: 40 }) });
const AtRevision = Type.Object({
  revision: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 })),
});
const OfForce = Type.Object({ force: Type.Optional(Type.Enum([...FORCES_AND_UNASSIGNED])) });

export const capRoutes: FastifyPluginAsyncTypebox<Services> = (app, { database, clock, config }) => {
  app.get('/api/alerts/feed', { schema: { querystring: OfForce } }, async (request, reply) => {
    const principal = await requirePrincipal(request, database, { act: 'read-alerts' });
    const { force } = request.query;
    const forces = visibleForces(principal, force === undefined ? [] : [force]);
    const open = (await selectOpenAlerts(database)).filter(({ alert }) => forces.includes(alert.force));
    const shown = open.map((kept) => shownAlert(principal, kept));
    reply.header('cache-control', 'no-store').type(`${FEED_TYPE}; charset=utf-8`);
    return alertFeed(shown, { sender: config.capSender, at: formatInstant(clock.now()) });
  });

  app.get(
    '/api/alerts/:id/cap',
    { schema: { params: Id, querystring: AtRevision } },
    async (request, reply) => {
      const reader = await requirePrincipal(request, database, { act: 'read-alerts' });
      const { id } = request.params;
      const kept = await selectAlert(database, id);
      if (kept === undefined || !permits(reader, { act: 'read-force', force: kept.alert.force }))
        throw new Problem(404, `there is no alert ${id}`);
      const { revision = kept.alert.revision } = request.query;
      const told = revision === kept.alert.revision ? kept : await selectAlertAt(database, id, revision);
      if (told === undefined) throw new Problem(404, `alert ${id} has no revision ${revision}`);
      reply.header('cache-control', 'no-store').type(`${CAP_TYPE}; charset=utf-8`);
      return toldAlert(database, config, { told, reader });
    },
  );

  return Promise.resolve();
};
