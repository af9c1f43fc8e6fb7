/** A server of raster tiles on loopback, which keeps account of what it is asked for. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TileServer {
  template: string;
  /** How often each tile was asked for, by its path. */
  readonly asked: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** Answers every tile with the same image, except those that are missing: 404. */
export async function tileServer(
  tile: Buffer,
  isMissing: (x: number, y: number) => boolean,
): Promise<TileServer> {
  const asked = new Map<string, number>();
  const server = createServer(({ url = '' }, response) => {
    asked.set(url, (asked.get(url) ?? 0) + 1);
    const [, x, y] = /\/(\d+)\/(\d+)\.png$/.exec(url) ?? [];
    if (isMissing(Number(x), Number(y))) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'image/png' }).end(tile);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    template: `http://127.0.0.1:${port}/{z}/{x}/{y}.png`,
    asked,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
