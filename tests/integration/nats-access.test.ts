/** Who may connect to NATS, and what a feed may do there: on the configuration that is shipped, and with credentials. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectNats } from '../../server/feeds/nats-connection.ts';
import { ensureStreams } from '../../server/feeds/streams.ts';
import { configuredNats, guardedNats, type GuardedNats } from '../support/guarded-nats.ts';
import { natsOperator } from '../support/nats-operator.ts';

const CONFIG = resolve(import.meta.dirname, '../../nats.conf');

describe('with the configuration that is shipped', () => {
  let nats: GuardedNats;
  let forewatch: NatsConnection;
  let feed: NatsConnection;

  beforeAll(async () => {
    // As docker-compose.yml hands them over. A number in quotes stays a password.
    nats = await guardedNats(CONFIG, { NATS_PASSWORD: '"12e5"', NATS_FEED_PASSWORD: '"p@ss:/word"' });
    forewatch = await connectNats({ urls: [`nats://forewatch:12e5@${nats.host}`], name: 'test' });
    await ensureStreams(await jetstreamManager(forewatch));
    feed = await connect({ servers: nats.host, user: 'feed', pass: 'p@ss:/word' });
  });
  afterAll(async () => {
    await feed.close();
    await forewatch.close();
    await nats.stop();
  });

  const refused = (urls: string[]): Promise<unknown> =>
    connectNats({ urls, name: 'test' }).then(
      () => 'connected',
      (error: unknown) => (error as Error).message,
    );

  it('lets nobody in without the password, and repeats none in its message', async () => {
    expect(await refused([nats.host])).toMatch(
      /^NATS at nats:\/\/[\d.:]+ can't be reached: Authorization Violation/i,
    );
    const message = await refused([`nats://forewatch:wrong@${nats.host}`]);
    expect(message).toMatch(/authorization violation/i);
    expect(message).not.toContain('wrong');
  });

  it('takes the password from any address of the cluster, with its characters as an address writes them', async () => {
    const connection = await connectNats({
      urls: [nats.host, `nats://feed:p%40ss%3A%2Fword@${nats.host}`],
      name: 'test',
    });
    await connection.close();
  });

  it('lets a feed publish incidents, and tells it that JetStream has them', async () => {
    const { stream } = await jetstream(feed).publish('incidents.v1.police.cad', '{}');
    expect(stream).toBe('INCIDENTS');
  });

  it.each(['stored.v1.kent', 'clock.v1', '$JS.API.STREAM.DELETE.INCIDENTS', 'rejected.v1.police.cad'])(
    'lets a feed publish nothing on %s',
    async (subject) => {
      const heard = refusalOf(feed);
      feed.publish(subject, '{}');
      expect(await heard).toMatch(
        new RegExp(`permissions violation for publish to "${subject.replaceAll('$', '\\$')}"`, 'i'),
      );
    },
  );

  it.each(['stored.v1.>', 'incidents.v1.>', '_INBOX_FOREWATCH.>', '>'])(
    'lets a feed read nothing from %s',
    async (subject) => {
      const heard = refusalOf(feed);
      feed.subscribe(subject, { callback: () => undefined });
      expect(await heard).toMatch(/permissions violation for subscription/i);
    },
  );

  it('has replies to Forewatch in inboxes that feeds cannot read', async () => {
    const inboxes: string[] = [];
    const watching = forewatch.subscribe('$JS.API.>', {
      callback: (_error, { reply = '' }) => {
        inboxes.push(reply);
      },
    });
    const manager = await jetstreamManager(forewatch);
    await manager.consumers.add('INCIDENTS', { durable_name: 'reader', ack_policy: 'explicit' });
    const consumer = await jetstream(forewatch).consumers.get('INCIDENTS', 'reader');
    (await consumer.next())?.ack();
    await watching.drain();
    expect(inboxes.length).toBeGreaterThan(2);
    expect(inboxes.filter((inbox) => !inbox.startsWith('_INBOX_FOREWATCH.'))).toEqual([]);
  });
});

/** What the server next refuses this connection. */
async function refusalOf(connection: NatsConnection): Promise<string> {
  for await (const status of connection.status()) {
    if (status.type === 'error') return status.error.message;
  }
  return 'nothing was refused';
}

it('lets in who brings a credentials file, where an operator’s JWTs decide', async () => {
  const { config, creds } = natsOperator();
  const nats = await configuredNats(config);
  const folder = mkdtempSync(join(tmpdir(), 'forewatch-creds-'));
  const file = join(folder, 'forewatch.creds');
  writeFileSync(file, creds);
  const connection = await connectNats({ urls: [nats.host], creds: file, name: 'test' });
  await ensureStreams(await jetstreamManager(connection));
  await connection.close();
  await expect(connectNats({ urls: [nats.host], name: 'test' })).rejects.toThrow(/authorization violation/i);
  await expect(connectNats({ urls: [nats.host], creds: `${file}.missing`, name: 'test' })).rejects.toThrow(
    /ENOENT/,
  );
  rmSync(folder, { recursive: true });
  await nats.stop();
});
