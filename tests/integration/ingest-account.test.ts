/** What a feed sends is stored once, or counted as a duplicate, or rejected with its reason. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { incidentMessage } from '../support/incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

let forewatch: RealForewatch;

beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['ingest']) });
});
afterAll(async () => {
  await forewatch.dispose();
});

interface Account {
  stored: number;
  duplicates: number;
  rejected: number;
}

/** The account of one feed once `messages` of its messages are accounted for. */
async function accountOf(feed: string, messages: number): Promise<Account> {
  return until(
    async () => {
      const { rows } = await forewatch.database.query<Account>(
        'select stored, duplicates, rejected from feeds where feed = $1',
        [feed],
      );
      return rows[0] ?? { stored: 0, duplicates: 0, rejected: 0 };
    },
    ({ stored, duplicates, rejected }) => stored + duplicates + rejected === messages,
  );
}

async function send(feed: string, ...messages: unknown[]): Promise<void> {
  for (const message of messages) await forewatch.publish(`incidents.v1.police.${feed}`, message);
}

describe('the account of a feed', () => {
  it('stores each incident once and counts the same message again as a duplicate', async () => {
    const message = incidentMessage();
    await send('twice', message, message, incidentMessage());
    expect(await accountOf('twice', 3)).toEqual({ stored: 2, duplicates: 1, rejected: 0 });
    const { rows } = await forewatch.database.query('select id from incidents where feed = $1', ['twice']);
    expect(rows).toHaveLength(2);
  });

  it('takes defaults that are spelt out for the same content', async () => {
    const message = incidentMessage();
    await send('defaults', message, { ...message, revision: 1, severity: 2, status: 'open', markers: [] });
    expect(await accountOf('defaults', 2)).toEqual({ stored: 1, duplicates: 1, rejected: 0 });
  });

  it('rejects the same identity with other content as a conflict', async () => {
    const message = incidentMessage();
    await send('conflict', message, { ...message, severity: 5 });
    expect(await accountOf('conflict', 2)).toEqual({ stored: 1, duplicates: 0, rejected: 1 });
    const { rows } = await forewatch.database.query<{ reason: string }>(
      'select reason from rejected_messages where feed = $1',
      ['conflict'],
    );
    expect(rows[0]?.reason).toMatch(/^conflict/);
  });

  it('counts the highest revision and keeps an older one that arrives late as history', async () => {
    const message = incidentMessage();
    await send('revisions', { ...message, revision: 2, category: 'robbery' }, message, {
      ...message,
      revision: 3,
      category: 'violence',
    });
    expect(await accountOf('revisions', 3)).toEqual({ stored: 3, duplicates: 0, rejected: 0 });
    const { rows } = await forewatch.database.query(
      `select category from incidents join incident_keys using (agency, feed, id, revision) where feed = 'revisions'`,
    );
    expect(rows).toEqual([{ category: 'violence' }]);
  });

  it('rejects what is no incident, with path and reason, and goes on', async () => {
    await send(
      'bad',
      'not json',
      { ...incidentMessage(), suspect: 'x' },
      { ...incidentMessage(), location: { lat: 91, lon: 0 } },
      { ...incidentMessage(), occurredAt: '2999-01-01T00:00:00Z' },
      { ...incidentMessage(), nativeCategory: 'a\u0000b' },
      incidentMessage(),
    );
    expect(await accountOf('bad', 6)).toEqual({ stored: 1, duplicates: 0, rejected: 5 });
    const { rows } = await forewatch.database.query<{ path: string; reason: string; fields: object }>(
      'select path, reason, fields from rejected_messages where feed = $1 order by stream_seq',
      ['bad'],
    );
    expect(rows.map(({ path }) => path)).toEqual([
      '',
      '/suspect',
      '/location/lat',
      '/occurredAt',
      '/nativeCategory',
    ]);
    expect(JSON.stringify(rows)).not.toContain('not json');
  });

  it('tells the feed on its rejected subject, without what was refused', async () => {
    const subscription = forewatch.connection.subscribe('rejected.v1.police.told', { max: 1 });
    await send('told', { ...incidentMessage({ id: 'known-id' }), suspect: 'someone' });
    for await (const message of subscription) {
      const told = message.json<{ path: string; fields: { id: string }; sha256: string }>();
      expect(told.path).toBe('/suspect');
      expect(told.fields.id).toBe('known-id');
      expect(told.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(message.string()).not.toContain('someone');
    }
  });

  it('rejects what comes under no feed’s name, and takes nothing of an unknown agency', async () => {
    await forewatch.publish('incidents.v1.council.Not_A_Name', incidentMessage());
    expect(await accountOf('unnamed', 1)).toEqual({ stored: 0, duplicates: 0, rejected: 1 });
    await expect(forewatch.publish('incidents.v1.navy.ships', incidentMessage())).rejects.toThrow();
  });
});
