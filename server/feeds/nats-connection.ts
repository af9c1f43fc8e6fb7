/** One way to connect to NATS, for roles and commands alike: patient once connected, quick to say that it can't. */
import { readFile } from 'node:fs/promises';
import { connect, credsAuthenticator, type NatsConnection } from '@nats-io/transport-node';

export class NatsUnreachable extends Error {
  override readonly name = 'NatsUnreachable';
}

export interface NatsAddress {
  urls: readonly string[];
  /** Path of a credentials file. */
  creds?: string | undefined;
  /** Shown in the server's lists of connections. */
  name: string;
}

/** Throws `NatsUnreachable` where the first connection fails; a later break is mended for as long as it takes. */
export async function connectNats({ urls, creds, name }: NatsAddress): Promise<NatsConnection> {
  try {
    return await connect({
      servers: [...urls],
      name,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 500,
      ...(creds !== undefined && { authenticator: credsAuthenticator(await readFile(creds)) }),
    });
  } catch (cause) {
    const hosts = urls.map((url) => url.replace(/^([a-z]+:\/\/)?[^@]*@/, '$1')).join(', ');
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NatsUnreachable(`NATS at ${hosts} can't be reached: ${reason}`, { cause });
  }
}
