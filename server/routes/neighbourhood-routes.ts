/** The neighbourhoods of a hexagon and their named officers, over HTTP. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { finenessOf } from '../../shared/cell.ts';
import { Neighbourhoods } from '../../shared/neighbourhood.ts';
import { neighbourhoodsOf } from '../neighbourhoods/neighbourhoods-of.ts';
import type { Services } from '../services.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Query = Type.Object({ cell: Type.String({ maxLength: 16 }) });

export const neighbourhoodRoutes: FastifyPluginAsyncTypebox<Services> = (app, { database }) => {
  app.get(
    '/api/neighbourhoods',
    { schema: { querystring: Query, response: { 200: Neighbourhoods } } },
    async (request) => {
      await requirePrincipal(request, database, { act: 'read-live' });
      const { cell } = request.query;
      if (finenessOf(cell) === undefined)
        throw new Problem(400, 'cell must be an H3 index of resolution 9 or 7');
      return { cell, neighbourhoods: await neighbourhoodsOf(database, cell) };
    },
  );

  return Promise.resolve();
};
