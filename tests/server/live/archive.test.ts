/** The archive takes LIVE's messages as they came, and never more of them at once than a few megabytes. */
import { expect, it } from 'vitest';
import { archiveLive } from '../../../server/live/archive.ts';
import type { LiveMessage, LiveStream } from '../../../server/live/live-stream.ts';
import type { Database } from '../../../server/store/database.ts';

const LARGEST = 250_000;

/** LIVE's messages as given, and what was inserted of them, insert by insert. */
async function archived(payloads: readonly string[]): Promise<string[][]> {
  const inserts: string[][] = [];
  const database = {
    query: (_sql: string, values: unknown[]) => {
      if (values.length === 5) inserts.push(values[4] as string[]);
      return Promise.resolve({ rows: [] });
    },
  } as unknown as Database;
  const live = {
    position: () => Promise.resolve({ epoch: 'an epoch', firstSeq: 1, lastSeq: payloads.length }),
    async *read(): AsyncGenerator<LiveMessage> {
      for (const [index, payload] of payloads.entries()) {
        const told = { seq: index + 1, streamAtMs: 0, subject: 'stored.v1.kent', payload };
        yield await Promise.resolve({
          ...told,
          get announcement(): never {
            throw new Error('nothing here needs to know what it says');
          },
        });
      }
    },
  } as unknown as LiveStream;
  const options = { database, live, clock: 'system' } as const;
  await archiveLive(options, new AbortController().signal, () => undefined);
  return inserts;
}

it('inserts hundreds of small messages at once, each as it came', async () => {
  const payloads = Array.from({ length: 700 }, (_, n) => `{ "n": ${n} }`);
  const inserts = await archived(payloads);
  expect(inserts.map(({ length }) => length)).toEqual([500, 200]);
  expect(inserts.flat()).toEqual(payloads);
});

it('inserts some megabytes at once of the largest there are, and loses none', async () => {
  const payloads = Array.from({ length: 100 }, (_, n) => `"${String(n % 10).repeat(LARGEST - 2)}"`);
  const inserts = await archived(payloads);
  for (const insert of inserts) expect(insert.join('').length).toBeLessThanOrEqual(4_000_000);
  expect(inserts.length).toBeLessThan(10);
  expect(inserts.flat()).toEqual(payloads);
});
