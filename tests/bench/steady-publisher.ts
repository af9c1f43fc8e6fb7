/** Publishes incidents at a steady rate and remembers when each was sent. */
import { setTimeout as delay } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connectNats } from '../../server/feeds/nats-connection.ts';

const TURN_MS = 10;

/** Epoch milliseconds by incident id. Resolves once the last is acknowledged. */
export async function publishSteadily(
  natsUrls: readonly string[],
  { perSecond, seconds, prefix }: { perSecond: number; seconds: number; prefix: string },
): Promise<Map<string, number>> {
  const connection = await connectNats({ urls: natsUrls, name: 'bench publisher' });
  const client = jetstream(connection);
  const sentAt = new Map<string, number>();
  const acknowledged: Promise<unknown>[] = [];
  const began = performance.now();
  const total = perSecond * seconds;
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.ceil(((performance.now() - began) / 1_000) * perSecond));
    for (; sent < due; sent++) {
      const id = `${prefix}-${sent}`;
      const message = {
        id,
        occurredAt: new Date(performance.timeOrigin + performance.now() - 5_000).toISOString(),
        location: {
          lat: 51.45 + ((sent * 7_919) % 10_000) / 1e5,
          lon: -0.2 + ((sent * 104_729) % 15_000) / 1e5,
        },
        category: 'violence',
        force: 'metropolitan',
      };
      sentAt.set(id, performance.timeOrigin + performance.now());
      acknowledged.push(client.publish('incidents.v1.police.bench', JSON.stringify(message)));
    }
    await delay(TURN_MS);
  }
  await Promise.all(acknowledged);
  await connection.close();
  return sentAt;
}
