/** `/live`: lets a socket in for those whom the policy permits, and gives it a session. */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { Principal } from '../access/policy.ts';
import type { Services } from '../services.ts';
import { requirePrincipal } from './require-principal.ts';

declare module 'fastify' {
  interface FastifyRequest {
    principal?: Principal;
  }
}

export const liveRoute: FastifyPluginAsync<Services> = (app, { database, gateway }) => {
  app.get(
    '/live',
    {
      websocket: true,
      // Before the upgrade, so that a stranger gets a plain 401 and no socket.
      preValidation: async (request: FastifyRequest) => {
        request.principal = await requirePrincipal(request, database, { act: 'read-live' });
      },
    },
    (socket: WebSocket, request) => {
      const { principal } = request;
      if (principal === undefined) {
        socket.close(1008, 'sign in first');
        return;
      }
      // A broken connection also closes; without a listener its error would end the process.
      socket.on('error', () => {
        socket.terminate();
      });
      const session = gateway.join(socket, principal);
      if (session === undefined) return;
      socket.on('message', (data: Buffer, isBinary: boolean) => {
        session.alive();
        session.receive(isBinary ? '' : data.toString('utf8'));
      });
      socket.on('pong', () => {
        session.alive();
      });
      socket.on('close', () => {
        gateway.leave(session);
      });
    },
  );

  return Promise.resolve();
};
