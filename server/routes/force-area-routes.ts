/** The outlines of the imported force areas, for maps. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { ForceAreaCollection, type ForceAreaFeature } from '../../shared/force-area.ts';
import { formatInstant } from '../../shared/time.ts';
import type { Services } from '../services.ts';
import {
  selectForceAreasVersion,
  selectForceOutlines,
  type ForceOutline,
} from '../store/force-area-store.ts';
import { requirePrincipal } from './require-principal.ts';

export const forceAreaRoutes: FastifyPluginAsyncTypebox<Services> = (app, { database }) => {
  let kept = { version: '', collection: collectionOf([]) };

  app.get(
    '/api/force-areas',
    { schema: { response: { 200: ForceAreaCollection, 304: Type.Null() } } },
    async (request, reply) => {
      // Where a force's area lies is no secret: who may see one force sees the outlines of all.
      await requirePrincipal(request, database, { act: 'read-live' });
      const version = await selectForceAreasVersion(database);
      const tag = `"${version}"`;
      reply.headers({ etag: tag, 'cache-control': 'private, no-cache' });
      if (request.headers['if-none-match']?.includes(tag) === true) return reply.status(304).send(null);
      if (kept.version !== version)
        kept = { version, collection: collectionOf(await selectForceOutlines(database)) };
      return reply.type('application/geo+json').send(kept.collection);
    },
  );

  return Promise.resolve();
};

function collectionOf(areas: readonly ForceOutline[]): ForceAreaCollection {
  const features = areas.map(({ force, name, squareKilometres, importedAt, outline }): ForceAreaFeature => ({
    type: 'Feature',
    geometry: outline,
    properties: {
      force,
      name,
      squareKilometres: Number(squareKilometres.toPrecision(6)),
      importedAt: formatInstant(importedAt.getTime()),
    },
  }));
  return { type: 'FeatureCollection', features };
}
