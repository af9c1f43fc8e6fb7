/** One way to connect to NATS, for roles and commands alike: patient once connected, quick to say that it can't. */
import { readFile } from 'node:fs/promises';
import { connect, credsAuthenticator, type NatsConnection } from '@nats-io/transport-node';

export class NatsUnreachable extends Error {
  override readonly name = 'NatsUnreachable';
}

/** Replies hold incidents: feeds may read the ordinary inboxes, which must not be these (nats.conf). */
const INBOX_PREFIX = '_INBOX_FOREWATCH';

export interface NatsAddress {
  /** Of one cluster, which takes the same user and password everywhere: the first address that has them counts. */
  urls: readonly string[];
  /** Path of a credentials file. */
  creds?: string | undefined;
  /** Shown in the server's lists of connections. */
  name: string;
}

/** Throws `NatsUnreachable` where the first connection fails; a later break is mended for as long as it takes. */
export async function connectNats({ urls, creds, name }: NatsAddress): Promise<NatsConnection> {
  const addresses = urls.map(parsed);
  const account = addresses.find(({ user }) => user !== '');
  try {
    return await connect({
      servers: addresses.map(({ server }) => server),
      name,
      inboxPrefix: INBOX_PREFIX,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 500,
      ...(account && { user: account.user, pass: account.password }),
      // Else each message that is published brings two stack traces, in case it fails: a third of a player's time.
      noAsyncTraces: true,
      ...(creds !== undefined && { authenticator: credsAuthenticator(await readFile(creds)) }),
    });
  } catch (cause) {
    const hosts = addresses.map(({ server }) => server).join(', ');
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NatsUnreachable(`NATS at ${hosts} can't be reached: ${reason}`, { cause });
  }
}

/** NATS's own clients do not look for a password in an address. */
function parsed(url: string): { server: string; user: string; password: string } {
  const { protocol, username, password, host } = new URL(url.includes('://') ? url : `nats://${url}`);
  return {
    server: `${protocol}//${host}`,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}
