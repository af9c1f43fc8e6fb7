/** What is found by a word that somebody typed: incidents by their id, neighbourhoods by their name. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import type { SearchFound } from '../../shared/search.ts';
import { TimeZone } from '../../shared/time.ts';
import { visibleForces } from '../access/policy.ts';
import { shownIncident } from '../gateway/shown.ts';
import type { Services } from '../services.ts';
import { selectIncidentsById } from '../store/incident-by-id.ts';
import { selectNeighbourhoodsNamed } from '../store/neighbourhood-names.ts';
import { requirePrincipal } from './require-principal.ts';

const Query = Type.Object({ q: Type.String({ minLength: 2, maxLength: 128 }) });

export const searchRoute: FastifyPluginAsyncTypebox<Services> = (app, { database, config }) => {
  const timeZone = new TimeZone(config.timeZone);

  app.get('/api/search', { schema: { querystring: Query } }, async (request) => {
    const principal = await requirePrincipal(request, database, { act: 'read-live' });
    const found = await selectIncidentsById(database, request.query.q, visibleForces(principal));
    const incidents = found.map((incident) => shownIncident(principal, incident, timeZone));
    const neighbourhoods = await selectNeighbourhoodsNamed(database, request.query.q);
    return { incidents, neighbourhoods } satisfies SearchFound;
  });

  return Promise.resolve();
};
