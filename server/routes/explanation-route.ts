/** Why a forecast is what it is, over HTTP: for one cell, in English or Welsh. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { coarseCell, finenessOf, type Cell } from '../../shared/cell.ts';
import { LANGUAGES, type Explanation } from '../../shared/explanation.ts';
import { languageFor, sayExplanation, type Unsaid } from '../../shared/explanation-sentences.ts';
import { HORIZONS } from '../../shared/forecast.ts';
import { FORCES, UNASSIGNED, type Force } from '../../shared/force.ts';
import { THEMES } from '../../shared/theme.ts';
import { formatInstant, parseInstant } from '../../shared/time.ts';
import { permits, viewOf, type Principal } from '../access/policy.ts';
import { readingOf } from '../clock.ts';
import { askForecaster, type Asked } from '../explanation/explain-wire.ts';
import { forcesAt } from '../explanation/forces-at.ts';
import { issuedExplanation, NO_SUCH_CELL } from '../explanation/issued-explanation.ts';
import { unsaidExplanation } from '../explanation/unsaid-explanation.ts';
import { feedStateOf } from '../feeds/feed-condition.ts';
import type { Services } from '../services.ts';
import { selectFeeds } from '../store/feed-store.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Query = Type.Object({
  cell: Type.String({ maxLength: 16 }),
  theme: Type.Enum([...THEMES]),
  horizonHours: Type.Enum([...HORIZONS]),
  at: Type.Optional(Type.String({ maxLength: 40 })),
  /** Where it is left out, that whose incidents lie there. */
  force: Type.Optional(Type.Enum([...FORCES, UNASSIGNED])),
  lang: Type.Optional(Type.Enum([...LANGUAGES])),
});

export const explanationRoute: FastifyPluginAsyncTypebox<Services> = (app, services) => {
  const { database, connection, clock, config } = services;

  app.get('/api/forecasts/explanation', { schema: { querystring: Query } }, async (request, reply) => {
    const { cell, theme, horizonHours, at, force, lang } = request.query;
    const principal = await requirePrincipal(
      request,
      database,
      { act: 'read-live' },
      ...(force === undefined ? [] : [{ act: 'read-force' as const, force }]),
    );
    const atMs = at === undefined ? undefined : parseInstant(at);
    if (at !== undefined && atMs === undefined)
      throw new Problem(400, 'at must be a date and time with zone (RFC 3339)');
    mustShow(principal, cell, theme);
    const asked = { cell, theme, horizonHours };
    const forces =
      force === undefined ? await forcesAt(database, principal, { cell, nowMs: clock.now() }) : [force];
    const unsaid =
      atMs === undefined
        ? await explainNow(principal, asked, forces)
        : await explainIssued(principal, asked, forces, formatInstant(atMs));
    const language = lang ?? languageFor(request.headers['accept-language'] ?? '');
    void reply.header('content-language', language).header('vary', 'accept-language');
    return sayExplanation(unsaid, { language, timeZone: config.timeZone }) satisfies Explanation;
  });

  return Promise.resolve();

  async function explainNow(
    principal: Principal,
    asked: Omit<Asked, 'force'>,
    forces: readonly Force[],
  ): Promise<Unsaid> {
    const reading = readingOf(clock);
    for (const force of forces) {
      const whole = { force, ...asked };
      const seesSensitive = viewOf(principal) === 'cleared';
      const answer = await askForecaster(connection, whole);
      if ('unavailable' in answer) throw new Problem(503, answer.unavailable);
      if ('unknownCell' in answer) continue;
      const feeds = (await selectFeeds(database)).map((account) => feedStateOf(account, reading));
      return unsaidExplanation(database, whole, answer.explained, {
        seesSensitive,
        knownByMs: Infinity,
        feeds,
      });
    }
    throw new Problem(404, 'this hexagon is not part of any area that is forecast and that you may see');
  }

  async function explainIssued(
    principal: Principal,
    asked: Omit<Asked, 'force'>,
    forces: readonly Force[],
    at: string,
  ): Promise<Unsaid> {
    let missing = NO_SUCH_CELL;
    for (const force of forces) {
      const whole = { force, ...asked };
      const found = await issuedExplanation(database, whole, at);
      if ('explained' in found) {
        return unsaidExplanation(database, whole, found.explained, {
          seesSensitive: viewOf(principal) === 'cleared',
          knownByMs: found.explained.area.nowMs,
          feeds: [],
        });
      }
      missing = found.missing;
    }
    throw new Problem(404, missing);
  }
};

function mustShow(principal: Principal, cell: Cell, theme: (typeof THEMES)[number]): void {
  const fineness = finenessOf(cell);
  if (fineness === undefined) throw new Problem(400, 'cell must be an H3 index of resolution 9 or 7');
  if (fineness === 'fine' && !permits(principal, { act: 'place-theme-finely', theme }))
    throw new Problem(403, `you may see this theme in coarse hexagons only: ask for ${coarseCell(cell)}`);
}
