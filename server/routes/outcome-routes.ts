/** Looking back over HTTP: whether a forecast came true, and what became known only later. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { ForecastOutcome, type FeedOutage } from '../../shared/forecast-outcome.ts';
import { FORCES_AND_UNASSIGNED, type Force } from '../../shared/force.ts';
import { KnownDifference } from '../../shared/known-difference.ts';
import { SeriesKey } from '../../shared/scorecard.ts';
import { belongsTo, THEMES } from '../../shared/theme.ts';
import { formatInstant, HOUR_MS, TimeZone } from '../../shared/time.ts';
import { permits, visibleForces } from '../access/policy.ts';
import { knownSince } from '../outcomes/known-since.ts';
import { readOutcome } from '../outcomes/read-outcome.ts';
import { shownDifference } from '../outcomes/shown-difference.ts';
import { LastYears } from '../scorecard/last-year.ts';
import type { Services } from '../services.ts';
import { inSnapshot } from '../store/database.ts';
import { selectForecast } from '../store/forecast-store.ts';
import { selectCountedKinds, selectLaterKnown } from '../store/later-known.ts';
import { instantOf } from './instant-of.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const At = Type.Optional(Type.String({ maxLength: 40 }));
const OutcomeQuery = Type.Object({ ...SeriesKey.properties, at: At });
const DifferenceQuery = Type.Object({
  at: Type.String({ maxLength: 40 }),
  hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 24 })),
  theme: Type.Optional(Type.Enum([...THEMES])),
  force: Type.Optional(Type.Enum([...FORCES_AND_UNASSIGNED])),
});

const USUAL_HOURS = 8;
/** Of each list; and so many incidents are looked at in all. */
const LISTED = 300;
const MOST_CHANGED = 20_000;

export const outcomeRoutes: FastifyPluginAsyncTypebox<Services> = (app, services) => {
  const { database, clock, config, gateway } = services;
  const timeZone = new TimeZone(config.timeZone);
  const lastYears = new LastYears(timeZone);

  app.get(
    '/api/forecasts/outcome',
    { schema: { querystring: OutcomeQuery, response: { 200: ForecastOutcome } } },
    async (request) => {
      const { at, ...series } = request.query;
      const { force, theme } = series;
      const principal = await requirePrincipal(
        request,
        database,
        { act: 'read-live' },
        { act: 'read-feeds' },
        { act: 'read-force', force },
      );
      const nowMs = clock.now();
      const atMs = at === undefined ? nowMs : instantOf('at', at);
      const forecast = await selectForecast(database, { ...series, at: formatInstant(atMs) });
      if (forecast === undefined) throw new Problem(404, 'no forecast was issued for this by then');
      if ('withheld' in forecast) throw new Problem(404, `no forecast is shown: ${forecast.withheld}`);
      return readOutcome(database, {
        ...{ forecast, nowMs, lastYears, tellsOf: tellsOf(force, nowMs) },
        reader: {
          coarse: !permits(principal, { act: 'place-theme-finely', theme }),
          cleared: permits(principal, { act: 'place-theme-finely', theme: 'vawg' }),
        },
      });
    },
  );

  app.get(
    '/api/replay/difference',
    { schema: { querystring: DifferenceQuery, response: { 200: KnownDifference } } },
    async (request) => {
      const { at, hours = USUAL_HOURS, theme = 'all', force } = request.query;
      const principal = await requirePrincipal(
        request,
        database,
        { act: 'read-live' },
        ...(force === undefined ? [] : [{ act: 'read-force', force } as const]),
      );
      const forces = visibleForces(principal, force === undefined ? [] : [force]);
      const nowMs = clock.now();
      const atMs = instantOf('at', at);
      if (atMs > nowMs) throw new Problem(400, 'at must not lie ahead of the clock');
      const window = { forces, fromMs: atMs - hours * HOUR_MS, atMs, theme };
      const span = { forces, fromMs: window.fromMs, toMs: atMs };
      const { revisions, kinds } = await inSnapshot(database, async (transaction) => ({
        revisions: await selectLaterKnown(transaction, { ...span, limit: MOST_CHANGED }),
        kinds: await selectCountedKinds(transaction, span),
      }));
      const since = knownSince(revisions, window);
      const isWhole = since.incidents < MOST_CHANGED;
      const shown = shownDifference(principal, since, { timeZone, limit: LISTED });
      const now = kinds
        .filter((kind) => belongsTo(theme, kind))
        .reduce((sum, { incidents }) => sum + incidents, 0);
      return {
        ...{ from: formatInstant(window.fromMs), at: formatInstant(atMs), knownAt: formatInstant(nowMs) },
        ...{ theme, forces, now, then: isWhole ? Math.max(0, now - since.gained) : null },
        ...{ ...shown, more: shown.more || !isWhole },
      };
    },
  );

  return Promise.resolve();

  /** Before the gateway knows which feeds tell of which force, all may. */
  function tellsOf(force: Force, nowMs: number): (outage: FeedOutage) => boolean {
    const feeds = gateway.picture?.feedsByForce.of(force, nowMs);
    return ({ agency, feed }) => feeds?.includes(`${agency}/${feed}`) ?? true;
  }
};
