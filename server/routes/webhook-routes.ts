/** Webhooks over HTTP: registered, tried and removed by administrators, with what became of their deliveries. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { FORCES_AND_UNASSIGNED } from '../../shared/force.ts';
import { permits, visibleForces, type Principal } from '../access/policy.ts';
import { newToken } from '../access/secrets.ts';
import { capContext } from '../cap/told-alert.ts';
import { systemClock } from '../clock.ts';
import type { Services } from '../services.ts';
import {
  deleteWebhook,
  insertWebhook,
  selectWebhookAccount,
  selectWebhooks,
  selectWebhookSecret,
  type Webhook,
} from '../store/webhook-store.ts';
import { AllowedHosts } from '../webhooks/allowed-hosts.ts';
import { postSigned } from '../webhooks/post-signed.ts';
import { testMessage } from '../webhooks/test-message.ts';
import { webhookUrlFault } from '../webhooks/webhook-url.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const orNull = <Schema extends Type.TSchema>(schema: Schema): Type.TUnion<[Schema, Type.TNull]> =>
  Type.Union([schema, Type.Null()]);
const Force = Type.Enum([...FORCES_AND_UNASSIGNED]);
const Id = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });
const Undelivered = Type.Object({
  alert: Type.String(),
  revision: Type.Integer(),
  attempts: Type.Integer(),
  reason: orNull(Type.String()),
  at: Type.String(),
});
const Account = Type.Object({
  id: Type.Integer(),
  force: Force,
  url: Type.String(),
  cleared: Type.Boolean(),
  createdAt: Type.String(),
  createdBy: Type.String(),
  waiting: Type.Integer(),
  delivered: Type.Integer(),
  dead: Type.Integer(),
  lastDeliveredAt: orNull(Type.String()),
  failing: orNull(Undelivered),
  givenUp: Type.Array(Undelivered),
});
const Registration = Type.Object(
  {
    force: Force,
    url: Type.String({ maxLength: 500 }),
    secret: Type.Optional(Type.String({ minLength: 16, maxLength: 200 })),
    cleared: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
const Registered = Type.Object({
  id: Type.Integer(),
  force: Force,
  url: Type.String(),
  secret: Type.String(),
});
const Tried = Type.Object({ delivered: Type.Boolean(), reason: orNull(Type.String()) });

/** More than any force has systems to tell. */
const MOST_WEBHOOKS = 20;

export const webhookRoutes: FastifyPluginAsyncTypebox<Services> = (app, { database, config, log }) => {
  const allowed = new AllowedHosts(config.webhookAllow);

  const own = async (principal: Principal, id: number): Promise<Webhook> => {
    const webhooks = await selectWebhooks(database, visibleForces(principal));
    const webhook = webhooks.find((one) => one.id === id);
    if (webhook === undefined) throw new Problem(404, `there is no webhook ${id}`);
    return webhook;
  };

  app.get(
    '/api/webhooks',
    { schema: { response: { 200: Type.Object({ webhooks: Type.Array(Account) }) } } },
    async (request) => {
      const principal = await requirePrincipal(request, database, { act: 'manage-webhooks' });
      const webhooks = await selectWebhooks(database, visibleForces(principal));
      const accounts = webhooks.map(async (webhook) => ({
        ...{ ...webhook, ...(await selectWebhookAccount(database, webhook.id)) },
      }));
      return { webhooks: await Promise.all(accounts) };
    },
  );

  app.post(
    '/api/webhooks',
    { schema: { body: Registration, response: { 201: Registered } } },
    async (request, reply) => {
      const { force, url, secret = newToken(), cleared = false } = request.body;
      const principal = await requirePrincipal(
        ...([request, database, { act: 'manage-webhooks' }, { act: 'read-force', force }] as const),
      );
      if (cleared && !permits(principal, { act: 'place-theme-finely', theme: 'vawg' }))
        throw new Problem(403, 'only the cleared may have a webhook told of sensitive places finely');
      const fault = webhookUrlFault(url, allowed);
      if (fault !== undefined) throw new Problem(400, `body/url: ${fault}`);
      if ((await selectWebhooks(database, [force])).length >= MOST_WEBHOOKS)
        throw new Problem(409, `there are ${MOST_WEBHOOKS} webhooks of ${force} already`);
      const { id } = await insertWebhook(database, { force, url, secret, cleared, by: principal.name });
      log.info({ webhook: id, force, by: principal.name }, 'a webhook was registered');
      return reply.status(201).send({ id, force, url, secret });
    },
  );

  app.delete('/api/webhooks/:id', { schema: { params: Id } }, async (request, reply) => {
    const principal = await requirePrincipal(request, database, { act: 'manage-webhooks' });
    const { id } = await own(principal, request.params.id);
    await deleteWebhook(database, id);
    log.info({ webhook: id, by: principal.name }, 'a webhook was removed');
    return reply.status(204).send();
  });

  app.post(
    '/api/webhooks/:id/test',
    { schema: { params: Id, response: { 200: Tried } } },
    async (request) => {
      const principal = await requirePrincipal(request, database, { act: 'manage-webhooks' });
      const { id, url, force } = await own(principal, request.params.id);
      const secret = (await selectWebhookSecret(database, id)) ?? '';
      const nowMs = systemClock().now();
      const body = testMessage(capContext(config, new URL(url).host), { force, nowMs });
      const fault = await postSigned({ url, secret, body, delivery: 'test', nowMs }, allowed);
      return { delivered: fault === undefined, reason: fault ?? null };
    },
  );

  return Promise.resolve();
};
