/** Forecasts and hotspots over HTTP, for one force, theme and horizon. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { isSensitive } from '../../shared/category.ts';
import type { Cell } from '../../shared/cell.ts';
import { HORIZONS, type HorizonHours } from '../../shared/forecast.ts';
import { FORCES, UNASSIGNED, type Force } from '../../shared/force.ts';
import type { Spread } from '../../shared/hotspot.ts';
import { THEMES, type Theme } from '../../shared/theme.ts';
import { formatInstant, parseInstant } from '../../shared/time.ts';
import { spreadOf } from '../../models/interval.ts';
import { permits, type Principal } from '../access/policy.ts';
import { coarsened } from '../forecast/forecast-force.ts';
import { shownRanking } from '../gateway/shown.ts';
import { issuedHotspots } from '../hotspots/issued-hotspots.ts';
import type { Services } from '../services.ts';
import { selectForecast, type FoundForecast } from '../store/forecast-store.ts';
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
    const { at, ...key } = request.query;
    const principal = await readerOf(request, key.force);
    const { dispersion, ...found } = await issuedBy(key, at === undefined ? clock.now() : instantOf(at));
    const shown = { ...found, ...shownFinely(principal, found) };
    return { ...shown, ...(dispersion !== null && spreadsOf(shown.expected, dispersion)) };
  });

  app.get('/api/hotspots', { schema: { querystring: Key } }, async (request) => {
    const { at, ...key } = request.query;
    const { force, theme, horizonHours } = key;
    const principal = await readerOf(request, force);
    if (at !== undefined) {
      const found = await issuedBy(key, instantOf(at));
      if (found.dispersion === null)
        throw new Problem(404, 'that forecast was issued before its spread was kept');
      const { cells, expected, coarse } = shownFinely(principal, found);
      return issuedHotspots(database, found, found.dispersion, {
        ...{ cells, expected, coarse },
        // As in the ranking of now: the fine cells of `vawg` go to cleared accounts only.
        mayTell: (incident) => coarse || theme === 'vawg' || !isSensitive(incident),
      });
    }
    const [ranked] = gateway.picture?.hotspots([force], [theme], horizonHours) ?? [];
    if (ranked === undefined) throw new Problem(404, 'no hotspots are ranked for this yet');
    return shownRanking(principal, ranked);
  });

  return Promise.resolve();

  function readerOf(request: FastifyRequest, force: Force): Promise<Principal> {
    return requirePrincipal(request, database, { act: 'read-live' }, { act: 'read-force', force });
  }

  async function issuedBy(
    key: { force: Force; theme: Theme; horizonHours: HorizonHours },
    atMs: number,
  ): Promise<FoundForecast> {
    const found = await selectForecast(database, { ...key, at: formatInstant(atMs) });
    if (found === undefined) throw new Problem(404, 'no forecast was issued for this by then');
    if ('withheld' in found) throw new Problem(404, `no forecast is shown: ${found.withheld}`);
    return found;
  }
};

function instantOf(at: string): number {
  const atMs = parseInstant(at);
  if (atMs === undefined) throw new Problem(400, 'at must be a date and time with zone (RFC 3339)');
  return atMs;
}

function shownFinely(
  principal: Principal,
  { theme, cells, expected }: FoundForecast | Omit<FoundForecast, 'dispersion'>,
): { cells: readonly Cell[]; expected: readonly number[]; coarse: boolean } {
  const isFine = permits(principal, { act: 'place-theme-finely', theme });
  return { ...(isFine ? { cells, expected } : coarsened(cells, expected)), coarse: !isFine };
}

/** One list each, in the order of the cells. */
function spreadsOf(expected: readonly number[], dispersion: number): Record<keyof Spread, number[]> {
  const spreads = expected.map((mean) => spreadOf(mean, dispersion));
  const each = (key: keyof Spread): number[] => spreads.map((spread) => spread[key]);
  return {
    lower: each('lower'),
    upper: each('upper'),
    lower95: each('lower95'),
    upper95: each('upper95'),
    chanceOfAny: each('chanceOfAny').map((chance) => Number(chance.toPrecision(4))),
  };
}
