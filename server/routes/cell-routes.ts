/** One hexagon in detail, over HTTP. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { MOST_DETAIL_HOURS, type CellDetail } from '../../shared/cell-detail.ts';
import { coarseCell, finenessOf } from '../../shared/cell.ts';
import { parseInstant } from '../../shared/time.ts';
import { permits } from '../access/policy.ts';
import { cellDetail } from '../cells/cell-detail.ts';
import type { Services } from '../services.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Params = Type.Object({ cell: Type.String({ maxLength: 16 }) });
const Query = Type.Object({
  hours: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_DETAIL_HOURS })),
  at: Type.Optional(Type.String({ maxLength: 40 })),
});

export const cellRoutes: FastifyPluginAsyncTypebox<Services> = (app, services) => {
  app.get('/api/cells/:cell', { schema: { params: Params, querystring: Query } }, async (request) => {
    const principal = await requirePrincipal(request, services.database, { act: 'read-live' });
    const { cell } = request.params;
    const { hours = 24, at } = request.query;
    const atMs = at === undefined ? undefined : parseInstant(at);
    if (at !== undefined && atMs === undefined)
      throw new Problem(400, 'at must be a date and time with zone (RFC 3339)');
    const fineness = finenessOf(cell);
    if (fineness === undefined) throw new Problem(400, 'cell must be an H3 index of resolution 9 or 7');
    if (fineness === 'fine' && !permits(principal, { act: 'place-theme-finely', theme: 'all' }))
      throw new Problem(403, `you may see coarse hexagons only: ask for ${coarseCell(cell)}`);
    return cellDetail(services, principal, { cell, hours, atMs }) satisfies Promise<CellDetail>;
  });

  return Promise.resolve();
};
