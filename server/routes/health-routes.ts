/** Whether the process lives, and whether it can do its job. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import type { Services } from '../services.ts';

const Stage = Type.Object({
  stage: Type.String(),
  ok: Type.Boolean(),
  problem: Type.String(),
  since: Type.String(),
  notice: Type.Optional(Type.String()),
});
const Ready = Type.Object({
  ready: Type.Boolean(),
  roles: Type.Array(Type.String()),
  stages: Type.Array(Stage),
});

export const healthRoutes: FastifyPluginAsyncTypebox<Services> = (app, { health, config }) => {
  app.get('/api/health/live', () => ({ live: true }));

  app.get(
    '/api/health/ready',
    { schema: { response: { 200: Ready, 503: Ready } } },
    async (_request, reply) => {
      const { ready } = health;
      const answer = { ready, roles: [...config.roles], stages: health.stages() };
      return reply.status(ready ? 200 : 503).send(answer);
    },
  );

  return Promise.resolve();
};
