/** What integration tests rely on: servers that come back at the same address with the same data. */
import { connect } from '@nats-io/transport-node';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { expect, test } from 'vitest';
import { openConnection } from '../../server/store/database.ts';
import { ownsDatabase, realDatabase, realNats } from '../support/real-servers.ts';

test.runIf(ownsDatabase).each(['stop', 'kill'] as const)(
  'a database keeps what was committed through a %s',
  async (end) => {
    const database = await realDatabase({ migrated: false, ownServer: true });
    const before = await openConnection(database.url, 'tests');
    await before.query('create table kept as select 7 as n');
    await database[end]();
    await expect(openConnection(database.url, 'tests')).rejects.toThrow();
    await database.start();
    const after = await openConnection(database.url, 'tests');
    expect((await after.query('select n from kept')).rows).toEqual([{ n: 7 }]);
    await after.end();
    await database.dispose();
  },
);

test.each(['stop', 'kill'] as const)('a stream keeps what was acknowledged through a %s', async (end) => {
  const nats = await realNats();
  const before = await connect({ servers: nats.url, reconnect: false });
  await (await jetstreamManager(before)).streams.add({ name: 'KEPT', subjects: ['kept'] });
  await jetstream(before).publish('kept', 'a message');
  await nats[end]();
  await before.closed();
  await nats.start();
  const after = await connect({ servers: nats.url });
  const stream = await (await jetstreamManager(after)).streams.info('KEPT');
  expect(stream.state.messages).toBe(1);
  await after.close();
  await nats.dispose();
});
