/** The HTTP server: routes, the socket, the built client. */
import { existsSync } from 'node:fs';
import cookie from '@fastify/cookie';
import staticFiles from '@fastify/static';
import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
} from 'fastify';
import { BUILT_CLIENT } from './built-client.ts';
import { alertRuleRoutes } from './routes/alert-rule-routes.ts';
import { actionRoutes } from './routes/action-routes.ts';
import { alertRoutes } from './routes/alert-routes.ts';
import { basemapRoute } from './routes/basemap-route.ts';
import { capRoutes } from './routes/cap-routes.ts';
import { displayRoutes } from './routes/display-routes.ts';
import { cellRoutes } from './routes/cell-routes.ts';
import { coverageRoutes } from './routes/coverage-routes.ts';
import { countsRoutes } from './routes/counts-routes.ts';
import { explanationRoute } from './routes/explanation-route.ts';
import { feedRoutes } from './routes/feed-routes.ts';
import { forceAreaRoutes } from './routes/force-area-routes.ts';
import { forecastRoutes } from './routes/forecast-routes.ts';
import { handoverRoutes } from './routes/handover-routes.ts';
import { healthRoutes } from './routes/health-routes.ts';
import { holdOutRoutes } from './routes/hold-out-routes.ts';
import { incidentRoutes } from './routes/incident-routes.ts';
import { liveRoute } from './routes/live-route.ts';
import { nationalRoutes } from './routes/national-routes.ts';
import { normalRoutes } from './routes/normal-routes.ts';
import { neighbourhoodRoutes } from './routes/neighbourhood-routes.ts';
import { outcomeRoutes } from './routes/outcome-routes.ts';
import { patrolRoutes } from './routes/patrol-routes.ts';
import { Problem, sendProblem } from './routes/problem.ts';
import { replayRoutes } from './routes/replay-routes.ts';
import { reportingDelayRoutes } from './routes/reporting-delay-routes.ts';
import { requirePrincipal } from './routes/require-principal.ts';
import { scorecardRoutes } from './routes/scorecard-routes.ts';
import { searchRoute } from './routes/search-route.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { stateRoutes } from './routes/state-routes.ts';
import { taskingRoutes } from './routes/tasking-routes.ts';
import { webhookRoutes } from './routes/webhook-routes.ts';
import type { Services } from './services.ts';

const MAX_FRAME_BYTES = 64_000;
/** Who does not answer a close within this time is cut off: a stop must not wait for those who are gone. */
const CLOSE_MS = 2_000;
// Its types do not know closeTimeout yet.
const SOCKET_OPTIONS = { maxPayload: MAX_FRAME_BYTES, closeTimeout: CLOSE_MS };
/** Who has not sent a whole request by then is cut off. */
const REQUEST_MS = 60_000;

export async function createApp(services: Services): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = services.log;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_000_000,
    // Whether HTTPS ended before us only a proxy beside us can say: the cookie hangs on it.
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    requestTimeout: REQUEST_MS,
  }).setValidatorCompiler(TypeBoxValidatorCompiler);
  answerErrors(app);
  await app.register(cookie);
  await app.register(websocket, { options: SOCKET_OPTIONS });
  await app.register(swagger, { openapi: { info: { title: 'Forewatch', version: '0.1.0' } } });
  await app.register(healthRoutes, services);
  await app.register(sessionRoutes, services);
  if (services.config.roles.has('gateway')) {
    await app.register(alertRoutes, services);
    await app.register(alertRuleRoutes, services);
    await app.register(capRoutes, services);
    await app.register(webhookRoutes, services);
    await app.register(feedRoutes, services);
    await app.register(incidentRoutes, services);
    await app.register(forecastRoutes, services);
    await app.register(outcomeRoutes, services);
    await app.register(explanationRoute, services);
    await app.register(cellRoutes, services);
    await app.register(searchRoute, services);
    await app.register(scorecardRoutes, services);
    await app.register(forceAreaRoutes, services);
    await app.register(nationalRoutes, services);
    await app.register(countsRoutes, services);
    await app.register(normalRoutes, services);
    await app.register(patrolRoutes, services);
    await app.register(taskingRoutes, services);
    await app.register(holdOutRoutes, services);
    await app.register(actionRoutes, services);
    await app.register(neighbourhoodRoutes, services);
    await app.register(handoverRoutes, services);
    await app.register(displayRoutes, services);
    await app.register(coverageRoutes, services);
    await app.register(reportingDelayRoutes, services);
    await app.register(stateRoutes, services);
    await app.register(replayRoutes, services);
    await app.register(liveRoute, services);
    await app.register(basemapRoute, services);
    await serveClient(app);
  }
  app.get('/api/docs', async (request) => {
    await requirePrincipal(request, services.database);
    return app.swagger();
  });
  return app;
}

function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (error instanceof Problem && error.retryAfterSeconds !== undefined) {
      reply.header('retry-after', error.retryAfterSeconds);
    }
    if (status < 500 || error instanceof Problem) return sendProblem(reply, status, error.message);
    request.log.error({ err: error }, 'request failed');
    return sendProblem(reply, status, 'the server failed; its log says why');
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, 404, `there is nothing at ${request.url.split('?')[0] ?? ''}`),
  );
}

/** The client decides by its own path what it shows: every page is the same document. */
async function serveClient(app: FastifyInstance): Promise<void> {
  if (!existsSync(BUILT_CLIENT)) return;
  await app.register(staticFiles, { root: BUILT_CLIENT, index: false, maxAge: '1d' });
  for (const page of ['/', '/wall', '/partner', '/replay', '/handover']) {
    app.get(page, (_request, reply) => reply.sendFile('index.html', { maxAge: 0 }));
  }
}
