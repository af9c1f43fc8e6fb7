/** `GET /api/basemap.pmtiles`: the basemap's file in the ranges that a browser asks for, since a country's has gigabytes. */
import { open, type FileHandle } from 'node:fs/promises';
import type { FastifyPluginAsync } from 'fastify';
import { BASEMAP_PATH } from '../basemap/read-basemap.ts';
import type { Services } from '../services.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const MAX_AGE_SECONDS = 86_400;

export const basemapRoute: FastifyPluginAsync<Services> = (app, { config, database }) => {
  app.route({
    // Fastify's own answer to HEAD would read the file to its end.
    method: ['GET', 'HEAD'],
    url: BASEMAP_PATH,
    handler: async (request, reply) => {
      await requirePrincipal(request, database);
      const { file, size, etag } = await openFile(config.basemapFile);
      reply.headers({
        etag,
        'accept-ranges': 'bytes',
        'cache-control': `private, max-age=${MAX_AGE_SECONDS}`,
        'content-type': 'application/vnd.pmtiles',
      });
      const { range, 'if-range': ifRange = etag, 'if-none-match': ifNoneMatch } = request.headers;
      const asked = ifRange === etag ? rangeOf(range, size) : undefined;
      if (ifNoneMatch === etag || asked === 'unsatisfiable' || request.method === 'HEAD') {
        await file.close();
        if (ifNoneMatch === etag) return reply.status(304).send();
        if (request.method === 'HEAD') return reply.header('content-length', size).send();
        return reply.status(416).header('content-range', `bytes */${size}`).send();
      }
      const { first, last } = asked ?? { first: 0, last: size - 1 };
      if (asked) reply.status(206).header('content-range', `bytes ${first}-${last}/${size}`);
      // The stream closes the file when it ends, and when the browser turns away.
      return reply
        .header('content-length', last - first + 1)
        .send(file.createReadStream({ start: first, end: last }));
    },
  });

  return Promise.resolve();
};

/** Throws `Problem` 404 where there is none. `etag` is strong: a reader in ranges must notice that the file was replaced. */
async function openFile(path: string | undefined): Promise<{ file: FileHandle; size: number; etag: string }> {
  if (path === undefined) throw new Problem(404, 'the basemap is no file of this server');
  const file = await open(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Problem(404, 'the basemap’s file is gone');
    throw error;
  });
  const { size, mtimeMs, ino } = await file.stat();
  return { file, size, etag: `"${[size, mtimeMs, ino].map((part) => part.toString(36)).join('-')}"` };
}

/** Undefined where the whole is meant: no range, several, or one that is none (RFC 9110, 14.2). */
function rangeOf(
  header: string | undefined,
  size: number,
): { first: number; last: number } | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  return first >= size ? 'unsatisfiable' : { first, last };
}
