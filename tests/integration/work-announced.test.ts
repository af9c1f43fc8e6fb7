/** What is done about a place is told over `/live` at once, to those who may see it, and without the place. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Principal } from '../../server/access/policy.ts';
import { cellAt } from '../../shared/cell.ts';
import type { Delta } from '../../shared/messages.ts';
import { LiveClient } from '../support/live-client.ts';
import { liveMessages } from '../support/live-messages.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

let forewatch: RealForewatch;
beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['gateway'] as const) });
  await until(
    () => forewatch.server.services.gateway.picture,
    (picture) => picture !== undefined,
  );
});
afterAll(() => forewatch.dispose());

const CELL = cellAt(51.5, -0.12);

async function post(who: Partial<Principal>, path: string, body: object): Promise<{ id: string }> {
  const answer = await fetch(`${forewatch.server.url}/api/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await forewatch.token(who)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { id: string };
}

async function watching(who: Partial<Principal>): Promise<LiveClient> {
  const client = await LiveClient.connect(forewatch.server.url, await forewatch.token(who));
  await client.snapshot();
  return client;
}

const told = ({ deltas }: LiveClient): string[] =>
  deltas.flatMap((delta: Delta) =>
    delta.type === 'tasking.changed' || delta.type === 'action.changed'
      ? [`${delta.type} ${delta.state} ${delta.version}`]
      : [],
  );

it('to every desk of the force, and to the partner whose action it is', async () => {
  const owner = { agency: 'council', organisation: 'northtown-council' };
  const desk = { role: 'dispatcher', forces: ['kent'] } as const;
  const clients = {
    desk: await watching(desk),
    elsewhere: await watching({ role: 'dispatcher', forces: ['essex'] }),
    owner: await watching({ role: 'partner', organisation: owner.organisation }),
    other: await watching({ role: 'partner', organisation: 'southtown-council' }),
  };
  const tasked = await post(desk, 'taskings', { force: 'kent', cell: CELL, unit: 'K-1' });
  await post(desk, `taskings/${tasked.id}/accept`, { expectedVersion: 1 });
  const asked = { force: 'kent', cell: CELL, kind: 'lighting', owner, dueOn: '2031-03-31' };
  const given = await post(desk, 'actions', asked);
  await post({ role: 'partner', organisation: owner.organisation }, `actions/${given.id}/accept`, {
    expectedVersion: 1,
  });
  // Of another force and another organisation: all that was told before has come once this has.
  await post({ role: 'dispatcher' }, 'taskings', { force: 'essex', cell: CELL, unit: 'E-1' });
  const theirs = { ...owner, organisation: 'southtown-council' };
  await post({ role: 'dispatcher' }, 'actions', { ...asked, force: 'essex', owner: theirs });
  await until(
    () => [clients.elsewhere, clients.other].map((client) => told(client).length),
    ([elsewhere, other]) => elsewhere === 2 && other === 1,
  );
  await until(
    () => told(clients.desk).length,
    (count) => count === 4,
  );
  expect(told(clients.desk)).toEqual([
    'tasking.changed tasked 1',
    'tasking.changed accepted 2',
    'action.changed given 1',
    'action.changed accepted 2',
  ]);
  expect(told(clients.elsewhere)).toEqual(['tasking.changed tasked 1', 'action.changed given 1']);
  expect(told(clients.owner)).toEqual(['action.changed given 1', 'action.changed accepted 2']);
  expect(told(clients.other)).toEqual(['action.changed given 1']);
  for (const client of Object.values(clients)) {
    expect(JSON.stringify(client.deltas)).not.toContain(CELL);
    await client.close();
  }
  // LIVE has it whole, for whoever asks later what the room knew.
  const kept = (await liveMessages(forewatch.server.services.live)).map(({ announcement }) => announcement);
  expect(kept).toContainEqual(
    expect.objectContaining({
      type: 'tasking.changed',
      tasking: expect.objectContaining({ cell: CELL, unit: 'K-1', state: 'accepted' }) as object,
    }),
  );
});
