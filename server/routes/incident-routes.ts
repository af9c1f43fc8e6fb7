/** Incidents over HTTP: looked up as GeoJSON, and taken in for feeds that cannot speak NATS. */
import { jetstream } from '@nats-io/jetstream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { AGENCIES, CATEGORIES } from '../../shared/category.ts';
import { parseInstant, TimeZone } from '../../shared/time.ts';
import { viewOf, visibleForces } from '../access/policy.ts';
import { incidentSubject } from '../feeds/subjects.ts';
import { validate } from '../feeds/validate.ts';
import { shownIncident } from '../gateway/shown.ts';
import type { Services } from '../services.ts';
import { searchIncidents, type PageEnd } from '../store/incident-search.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Query = Type.Object({
  from: Type.String(),
  to: Type.String(),
  bbox: Type.Optional(Type.String({ pattern: '^-?[0-9.]+(,-?[0-9.]+){3}$' })),
  category: Type.Optional(Type.Enum([...CATEGORIES])),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5_000 })),
  cursor: Type.Optional(Type.String({ maxLength: 400 })),
});

const Source = Type.Object({
  agency: Type.Enum([...AGENCIES]),
  feed: Type.String({ pattern: '^[a-z0-9-]{1,64}$' }),
});

export const incidentRoutes: FastifyPluginAsyncTypebox<Services> = (app, services) => {
  const { database, connection, clock, config } = services;
  const timeZone = new TimeZone(config.timeZone);

  app.get('/api/incidents', { schema: { querystring: Query } }, async (request) => {
    const { from, to, bbox, category, limit = 500, cursor } = request.query;
    const principal = await requirePrincipal(request, database, { act: 'read-live' });
    const box = bbox === undefined ? undefined : boxOf(bbox);
    const after = cursor === undefined ? undefined : pageEndOf(cursor);
    const { incidents, end } = await searchIncidents(database, {
      from: instant('from', from),
      to: instant('to', to),
      forces: visibleForces(principal),
      limit,
      timeZone: timeZone.name,
      ...(box && { bbox: viewOf(principal) === 'cleared' ? box : widened(box) }),
      ...(category && { category }),
      ...(after && { after }),
    });
    const shown = incidents.map((incident) => shownIncident(principal, incident, timeZone));
    return {
      type: 'FeatureCollection',
      // By the place that is shown: else a box drawn ever smaller would find the one that is not.
      features: shown.filter(isWithin(box)).map(({ lat, lon, ...properties }) => {
        return { type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties };
      }),
      ...(end && { cursor: Buffer.from(JSON.stringify(end)).toString('base64url') }),
    };
  });

  app.post(
    '/api/incidents',
    { schema: { querystring: Source, body: Type.Unknown() } },
    async (request, reply) => {
      await requirePrincipal(request, database, { act: 'publish-incidents' });
      const { agency, feed } = request.query;
      const payload = Buffer.from(JSON.stringify(request.body));
      const context = {
        agency,
        feed,
        streamAtMs: clock.now(),
        allowOrigins: config.allowOrigins,
        clock: config.clock,
      };
      const result = validate(payload, context);
      if ('rejection' in result)
        throw new Problem(400, `${result.rejection.path}: ${result.rejection.reason}`);
      const { seq } = await jetstream(connection)
        .publish(incidentSubject(agency, feed), payload, { timeout: 5_000 })
        .catch((error: unknown) => {
          request.log.warn({ err: error }, 'an incident could not be passed on');
          throw new Problem(503, 'the incident could not be passed on: send it again later');
        });
      return reply.status(202).send({ streamSeq: seq });
    },
  );

  return Promise.resolve();
};

function instant(name: string, text: string): string {
  const ms = parseInstant(text);
  if (ms === undefined) throw new Problem(400, `${name} must be a date and time with zone (RFC 3339)`);
  return new Date(ms).toISOString();
}

interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** More than from any point of a coarse cell to its centre, up to 70° of latitude. */
const COARSE_MARGIN_DEGREES = 0.06;

function widened({ west, south, east, north }: Box): Box {
  const margin = COARSE_MARGIN_DEGREES;
  return { west: west - margin, south: south - margin, east: east + margin, north: north + margin };
}

function isWithin(box: Box | undefined): (place: { lat: number; lon: number }) => boolean {
  if (box === undefined) return () => true;
  const { west, south, east, north } = box;
  return ({ lat, lon }) => lon >= west && lon <= east && lat >= south && lat <= north;
}

function boxOf(bbox: string): Box {
  const [west = NaN, south = NaN, east = NaN, north = NaN] = bbox.split(',').map(Number);
  if (!(west <= east && south <= north))
    throw new Problem(400, 'bbox must be west,south,east,north in degrees');
  return { west, south, east, north };
}

function pageEndOf(cursor: string): PageEnd {
  try {
    const { occurredAt, name } = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Partial<PageEnd>;
    if (
      typeof name === 'string' &&
      /^[\w:./-]*$/.test(name) &&
      parseInstant(String(occurredAt)) !== undefined
    ) {
      return { occurredAt: String(occurredAt), name };
    }
  } catch {
    // Falls through to the one answer for every cursor that is not ours.
  }
  throw new Problem(400, 'cursor must be one that an earlier page gave');
}
