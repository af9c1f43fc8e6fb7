/** Named displays over HTTP: walls read what they shall show, those who run the room change it. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { RADIUS_METRES } from '../../shared/display-area.ts';
import { Display, DISPLAY_NAME, viewFault, type ViewFault } from '../../shared/display.ts';
import type { Services } from '../services.ts';
import { deleteDisplay, saveDisplay, selectDisplay, selectDisplays } from '../store/display-store.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Named = Type.Object({ name: Type.String({ pattern: DISPLAY_NAME }) });
const Kept = Type.Object({
  name: Type.String(),
  version: Type.Integer(),
  changedAt: Type.String(),
  display: Display,
});

const FAULTS: Record<ViewFault, string> = {
  'area-missing': 'an area view needs an area',
  'area-of-another-role': 'only an area view has an area and a name',
  'force-of-another-role': 'only force and scorecard views have a force',
  'no-area':
    'the area must be a force, "lat,lon,radiusMetres", "west,south,east,north" or an H3 cell of 15 digits',
  latitude: 'a latitude lies between -90 and 90',
  longitude: 'a longitude lies between -180 and 180',
  radius: `a radius has ${RADIUS_METRES.least} to ${RADIUS_METRES.most} metres`,
  box: 'a box goes from west to east and from south to north',
};

/** More than any control room has screens. */
const MOST_DISPLAYS = 500;

export const displayRoutes: FastifyPluginAsyncTypebox<Services> = (app, { database, log }) => {
  app.get(
    '/api/displays',
    { schema: { response: { 200: Type.Object({ displays: Type.Array(Kept) }) } } },
    async (request) => {
      await requirePrincipal(request, database, { act: 'read-displays' });
      return { displays: await selectDisplays(database) };
    },
  );

  app.get(
    '/api/displays/:name',
    { schema: { params: Named, response: { 200: Kept } } },
    async (request, reply) => {
      await requirePrincipal(request, database, { act: 'read-displays' });
      const display = await selectDisplay(database, request.params.name);
      if (display === undefined) throw noDisplay(request.params.name);
      // What a wall asks for every few seconds must never come from a cache.
      reply.header('cache-control', 'no-store');
      return display;
    },
  );

  app.put(
    '/api/displays/:name',
    { schema: { params: Named, body: Display, response: { 200: Kept } } },
    async (request) => {
      const { name } = request.params;
      const principal = await requirePrincipal(request, database, { act: 'change-displays' });
      const fault = viewFault(request.body.views);
      if (fault !== undefined) throw new Problem(400, `body/views/${fault.index}: ${FAULTS[fault.fault]}`);
      const others = (await selectDisplays(database)).filter((display) => display.name !== name);
      if (others.length >= MOST_DISPLAYS)
        throw new Problem(409, `there are ${MOST_DISPLAYS} displays already`);
      const kept = await saveDisplay(database, { name, display: request.body, changedBy: principal.name });
      log.info({ display: name, version: kept.version, by: principal.name }, 'a display was changed');
      return kept;
    },
  );

  app.delete('/api/displays/:name', { schema: { params: Named } }, async (request, reply) => {
    const { name } = request.params;
    const principal = await requirePrincipal(request, database, { act: 'change-displays' });
    if (!(await deleteDisplay(database, name))) throw noDisplay(name);
    log.info({ display: name, by: principal.name }, 'a display was removed');
    return reply.status(204).send();
  });

  return Promise.resolve();
};

function noDisplay(name: string): Problem {
  return new Problem(404, `there is no display named ${name}`);
}
