/** The port that the server listens on, and what may be wrong with it. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from './config.ts';

export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/** Throws `PortTaken` before anything else is started. */
export async function checkPortFree(config: Pick<Config, 'port' | 'host'>): Promise<void> {
  const probe = createServer();
  try {
    await once(probe.listen(config.port, config.host), 'listening');
  } catch (cause) {
    throw portError(cause, config);
  }
  probe.close();
  await once(probe, 'close');
}

/** What keeps the server from listening, in one line where it is the port or the host. */
export function portError(cause: unknown, { port, host }: Pick<Config, 'port' | 'host'>): unknown {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new PortTaken(`port ${port} is in use: set PORT to a free one, or stop what listens there`, {
      cause,
    });
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return new PortTaken(`cannot listen on ${host}:${port} (HOST, PORT): ${code}`, { cause });
  }
  return cause;
}
