/** The scorecard over HTTP: what issued forecasts came to, beside the naive map, and which of them drift. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { Scorecard, SCORE_STAGES, SeriesKey } from '../../shared/scorecard.ts';
import { DAY_MS, formatInstant, parseInstant, TimeZone } from '../../shared/time.ts';
import { permits } from '../access/policy.ts';
import { rollUp } from '../scorecard/roll-up.ts';
import { sumsByDay } from '../scorecard/score-sums.ts';
import type { Services } from '../services.ts';
import { reinstate, selectDrift } from '../store/drift-store.ts';
import { selectScores, type Series } from '../store/score-store.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Query = Type.Object({
  ...SeriesKey.properties,
  stage: Type.Optional(Type.Enum([...SCORE_STAGES])),
  from: Type.Optional(Type.String({ maxLength: 40 })),
  to: Type.Optional(Type.String({ maxLength: 40 })),
});

const USUAL_DAYS = 28;
const MOST_DAYS = 400;
/** Those who see a theme's places coarsely see its scores in one sum, of so many days at least. */
const FEWEST_COARSE_DAYS = 7;

export const scorecardRoutes: FastifyPluginAsyncTypebox<Services> = (app, services) => {
  const { database, clock, config } = services;
  const timeZone = new TimeZone(config.timeZone);

  app.get(
    '/api/scorecard',
    { schema: { querystring: Query, response: { 200: Scorecard } } },
    async (request) => {
      const { stage = 'settled', from, to, ...series } = request.query;
      const { force, theme } = series;
      const principal = await requirePrincipal(
        request,
        database,
        { act: 'read-scorecard' },
        { act: 'read-force', force },
      );
      const toMs = to === undefined ? clock.now() : instant('to', to);
      const fromMs =
        from === undefined ? timeZone.startOfDay(toMs - USUAL_DAYS * DAY_MS) : instant('from', from);
      const days = (toMs - fromMs) / DAY_MS;
      if (!(days > 0 && days <= MOST_DAYS))
        throw new Problem(400, `to must lie after from, by ${MOST_DAYS} days at most`);
      const isFine = permits(principal, { act: 'place-theme-finely', theme });
      if (!isFine && days < FEWEST_COARSE_DAYS)
        throw new Problem(403, `of this theme at least ${FEWEST_COARSE_DAYS} days are shown together`);
      const scores = await selectScores(database, { ...series, stage, fromMs, toMs });
      const byDay = sumsByDay(scores, timeZone);
      return {
        ...{ ...series, stage, from: formatInstant(fromMs), to: formatInstant(toMs) },
        modelIds: [...new Set(scores.map(({ modelId }) => modelId))],
        total: rollUp(byDay),
        days: isFine ? byDay.map((day) => ({ date: localDate(day.dayMs), ...rollUp([day]) })) : [],
        drift: await driftOf(series),
      };
    },
  );

  app.post('/api/scorecard/reinstate', { schema: { body: SeriesKey } }, async (request) => {
    const { force } = request.body;
    const principal = await requirePrincipal(
      request,
      database,
      { act: 'reinstate-forecast' },
      { act: 'read-force', force },
    );
    const { model } = services;
    const atMs = clock.now();
    const isDone =
      'loaded' in model &&
      (await reinstate(database, request.body, { modelId: model.loaded.id, atMs, by: principal.name }));
    if (!isDone) throw new Problem(404, 'this forecast does not drift');
    return { ...request.body, judgedFrom: formatInstant(atMs) };
  });

  return Promise.resolve();

  /** Of the present model's forecasts. */
  async function driftOf(series: Series): Promise<Scorecard['drift']> {
    const { model } = services;
    const state = 'loaded' in model ? await selectDrift(database, series, model.loaded.id) : undefined;
    if (state === undefined) return null;
    const { reason, sinceMs, reinstatedBy } = state;
    const withheld = reason !== null && config.forecastDrift.act === 'off';
    return { reason, since: formatInstant(sinceMs), withheld, reinstatedBy };
  }

  function localDate(midnightMs: number): string {
    return formatInstant(midnightMs + timeZone.offsetMs(midnightMs)).slice(0, 10);
  }
};

function instant(name: string, text: string): number {
  const ms = parseInstant(text);
  if (ms === undefined) throw new Problem(400, `${name} must be a date and time with zone (RFC 3339)`);
  return ms;
}
