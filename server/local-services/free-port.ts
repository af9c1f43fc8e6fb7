/** Asks the system for a loopback port that nothing listens on. */
import { once } from 'node:events';
import { createServer } from 'node:net';

/** The port is free now; whoever takes it must still be ready to find it taken. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
}
