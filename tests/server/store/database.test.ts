/** What is told of connections that break while nobody uses them. */
import { expect, test } from 'vitest';
import { openDatabase } from '../../../server/store/database.ts';

test('a connection that breaks is told of, but not once the pool is being closed', async () => {
  const told: string[] = [];
  const database = openDatabase({
    url: 'postgres://127.0.0.1/none',
    name: 'test',
    onIdleError: ({ message }) => told.push(message),
  });
  database.emit('error', new Error('broke'), undefined);
  const ended = database.end();
  database.emit('error', new Error('broke at the end'), undefined);
  await ended;
  expect(told).toEqual(['broke']);
});
