/** Forecasts and hotspots over HTTP, for one force, theme and horizon. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { HORIZONS } from '../../shared/forecast.ts';
import { FORCES, UNASSIGNED } from '../../shared/force.ts';
import { THEMES } from '../../shared/theme.ts';
import { formatInstant, parseInstant } from '../../shared/time.ts';
import { permits } from '../access/policy.ts';
import { coarsened } from '../forecast/forecast-force.ts';
import { shownRanking } from '../gateway/shown.ts';
import type { Services } from '../services.ts';
import { selectForecast } from '../store/forecast-store.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Key = Type.Object({
  force: Type.Enum([...FORCES, UNASSIGNED]),
  theme: Type.Enum([...THEMES]),
  horizonHours: Type.Enum([...HORIZONS]),
  at: Type.Optional(Type.String({ maxLength: 40 })),
});

export const forecastRoutes: FastifyPluginAsyncTypebox<Services> = (app, { database, clock, gateway }) => {
  app.get('/api/forecasts', { schema: { querystring: Key } }, async (request) => {
    const { force, theme, horizonHours, at } = request.query;
    const principal = await requirePrincipal(
      request,
      database,
      { act: 'read-live' },
      { act: 'read-force', force },
    );
    const atMs = at === undefined ? clock.now() : parseInstant(at);
    if (atMs === undefined) throw new Problem(400, 'at must be a date and time with zone (RFC 3339)');
    const found = await selectForecast(database, { force, theme, horizonHours, at: formatInstant(atMs) });
    if (found === undefined) throw new Problem(404, 'no forecast was issued for this by then');
    const isFine = permits(principal, { act: 'place-theme-finely', theme });
    return { ...found, ...(!isFine && coarsened(found.cells, found.expected)), coarse: !isFine };
  });

  app.get('/api/hotspots', { schema: { querystring: Type.Omit(Key, ['at']) } }, async (request) => {
    const { force, theme, horizonHours } = request.query;
    const principal = await requirePrincipal(
      request,
      database,
      { act: 'read-live' },
      { act: 'read-force', force },
    );
    const [ranked] = gateway.picture?.hotspots([force], [theme], horizonHours) ?? [];
    if (ranked === undefined) throw new Problem(404, 'no hotspots are ranked for this yet');
    return shownRanking(principal, ranked);
  });

  return Promise.resolve();
};
