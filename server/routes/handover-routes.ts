/** A shift's handover over HTTP: as it is shown, as CSV and GeoJSON, and its notes. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { LANGUAGES, type Language } from '../../shared/explanation.ts';
import { languageFor } from '../../shared/explanation-sentences.ts';
import { FORCES_AND_UNASSIGNED } from '../../shared/force.ts';
import {
  ChangedHandoverNote,
  Handover,
  HandoverNote,
  LONGEST_HANDOVER_DAYS,
  NewHandoverNote,
} from '../../shared/handover.ts';
import { shiftAt, type Span } from '../../shared/shift.ts';
import { THEMES } from '../../shared/theme.ts';
import { DAY_MS, formatInstant, HOUR_MS, TimeZone } from '../../shared/time.ts';
import { permits } from '../access/policy.ts';
import { readingOf } from '../clock.ts';
import { feedStateOf } from '../feeds/feed-condition.ts';
import { knowledgeOf } from '../gateway/national.ts';
import { handoverCsv, handoverGeoJson } from '../handover/handover-files.ts';
import { readHandover } from '../handover/read-handover.ts';
import { LastYears } from '../scorecard/last-year.ts';
import type { Services } from '../services.ts';
import { selectFeeds } from '../store/feed-store.ts';
import { changeNote, insertNote } from '../store/handover-note-store.ts';
import { instantOf } from './instant-of.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Query = Type.Object({
  force: Type.Enum([...FORCES_AND_UNASSIGNED]),
  theme: Type.Optional(Type.Enum([...THEMES])),
  at: Type.Optional(Type.String({ maxLength: 40 })),
  from: Type.Optional(Type.String({ maxLength: 40 })),
  to: Type.Optional(Type.String({ maxLength: 40 })),
  lang: Type.Optional(Type.Enum([...LANGUAGES])),
});
type Query = Static<typeof Query>;
const Id = Type.Object({ id: Type.String({ maxLength: 40 }) });

export const handoverRoutes: FastifyPluginAsyncTypebox<Services> = (app, services) => {
  const { database, clock, config, gateway } = services;
  const timeZone = new TimeZone(config.timeZone);
  const lastYears = new LastYears(timeZone);

  app.get('/api/handover', { schema: { querystring: Query, response: { 200: Handover } } }, async (request) =>
    read(request, request.query),
  );

  app.get('/api/handover.csv', { schema: { querystring: Query } }, async (request, reply) => {
    const handover = await read(request, request.query);
    asFile(reply, handover, 'csv');
    return reply
      .type('text/csv; charset=utf-8')
      .send(handoverCsv(handover, languageOf(request, reply), originOf(request)));
  });

  app.get('/api/handover.geojson', { schema: { querystring: Query } }, async (request, reply) => {
    const handover = await read(request, request.query);
    asFile(reply, handover, 'geojson');
    const content = handoverGeoJson(handover, languageOf(request, reply), originOf(request));
    return reply.type('application/geo+json').send(JSON.stringify(content));
  });

  app.post(
    '/api/handover/notes',
    { schema: { body: NewHandoverNote, response: { 200: HandoverNote } } },
    async (request) => {
      const { force, from, to, text } = request.body;
      const { name, role } = await requirePrincipal(
        request,
        database,
        { act: 'write-handover' },
        { act: 'read-force', force },
      );
      const span = checked({ fromMs: instantOf('from', from), toMs: instantOf('to', to) });
      const note = { force, text, from: formatInstant(span.fromMs), to: formatInstant(span.toMs) };
      return insertNote(database, note, { name, role, atMs: clock.now() });
    },
  );

  app.put(
    '/api/handover/notes/:id',
    { schema: { params: Id, body: ChangedHandoverNote, response: { 200: HandoverNote } } },
    async (request) => {
      const principal = await requirePrincipal(request, database, { act: 'write-handover' });
      const { id } = request.params;
      const changed = await changeNote(
        database,
        { id, ...request.body },
        { name: principal.name, role: principal.role, atMs: clock.now() },
        ({ force }) => permits(principal, { act: 'read-force', force }),
      );
      if ('missing' in changed) throw new Problem(404, `there is no note ${id}`);
      if ('conflict' in changed) throw new Problem(409, changed.conflict);
      return changed.note;
    },
  );

  return Promise.resolve();

  async function read(request: FastifyRequest, query: Query): Promise<Handover> {
    const { force, theme = 'all' } = query;
    const principal = await requirePrincipal(
      request,
      database,
      { act: 'read-handover' },
      { act: 'read-force', force },
    );
    const { picture } = gateway;
    if (picture === undefined) throw new Problem(503, 'the gateway is not ready: ask again');
    const reading = readingOf(clock);
    const states = (await selectFeeds(database)).map((account) => feedStateOf(account, reading));
    return readHandover(services, {
      ...{ principal, force, theme, nowMs: reading.nowMs, lastYears },
      ...spanOf(query, reading.nowMs),
      knowledge: knowledgeOf(picture, states, reading.nowMs)(force),
      feeds: picture.feedsByForce.of(force, reading.nowMs),
    });
  }

  /** The shift of `at`; without any span that under way, in its first hour the one before, which is being handed over. */
  function spanOf({ at, from, to }: Pick<Query, 'at' | 'from' | 'to'>, nowMs: number): Span {
    if ((from === undefined) !== (to === undefined)) throw new Problem(400, 'from and to go together');
    const span =
      from === undefined || to === undefined
        ? shiftAt(at === undefined ? nowMs - HOUR_MS : instantOf('at', at), timeZone)
        : checked({ fromMs: instantOf('from', from), toMs: instantOf('to', to) });
    if (span.fromMs >= nowMs) throw new Problem(400, 'from must not lie ahead of the clock');
    return span;
  }
};

function checked(span: Span): Span {
  const days = (span.toMs - span.fromMs) / DAY_MS;
  // Where clocks change a week lasts an hour longer.
  if (!(days > 0 && days <= LONGEST_HANDOVER_DAYS + 1 / 24))
    throw new Problem(400, `to must lie after from, by ${LONGEST_HANDOVER_DAYS} days at most`);
  return span;
}

function languageOf(request: FastifyRequest, reply: FastifyReply): Language {
  const { lang } = request.query as Query;
  const language = lang ?? languageFor(request.headers['accept-language'] ?? '');
  void reply.header('content-language', language).header('vary', 'accept-language');
  return language;
}

/** As whoever asks knows this server. */
function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}`;
}

function asFile(reply: FastifyReply, { force, from }: Handover, extension: string): void {
  const name = `handover-${force}-${from.slice(0, 16).replaceAll(':', '')}.${extension}`;
  void reply.header('content-disposition', `attachment; filename="${name}"`);
}
