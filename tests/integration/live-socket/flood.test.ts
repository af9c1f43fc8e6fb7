/** Ten thousand subscribes at once: little work for the server, none for anybody else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORCES } from '../../../shared/force.ts';
import type { Snapshot } from '../../../shared/messages.ts';
import { THEMES } from '../../../shared/theme.ts';
import { incidentMessage } from '../../support/incidents.ts';
import { LiveClient } from '../../support/live-client.ts';
import { realForewatch, type RealForewatch } from '../../support/real-forewatch.ts';
import { until } from '../../support/until.ts';

let forewatch: RealForewatch;
let token: string;
let witness: LiveClient;

beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['ingest', 'gateway']) }, { heartbeatMs: 200 });
  token = await forewatch.token();
  await until(
    () => forewatch.server.services.health.ready,
    (ready) => ready,
  );
  witness = await LiveClient.connect(forewatch.server.url, token);
  await witness.snapshot();
});
afterAll(async () => {
  await witness.close();
  await forewatch.dispose();
});

/** Each asks for another view, so that no snapshot serves two. */
function subscribeToMany(client: LiveClient, count: number): void {
  for (let index = 0; index < count; index++) {
    const forces = [FORCES[index % FORCES.length], FORCES[Math.floor(index / FORCES.length) % FORCES.length]];
    client.subscribe({ forces, themes: [THEMES[index % THEMES.length]] });
  }
}

describe('subscribes in a burst', () => {
  it('of a hand that plays with the choices cost a snapshot now and then, and the last one counts', async () => {
    const { counters } = forewatch.server.services.gateway;
    const before = counters.snapshots;
    const client = await LiveClient.connect(forewatch.server.url, token);
    subscribeToMany(client, 58);
    client.subscribe({ themes: ['burglary'], forces: ['kent'] });
    const last = await client.frame(
      (frame): frame is Snapshot =>
        frame.type === 'snapshot' && frame.themes[0] === 'burglary' && frame.forces.length === 1,
    );
    expect(last.forces).toEqual(['kent']);
    expect(counters.snapshots - before).toBeLessThan(10);
    await client.close();
  });

  it('by the ten thousand end the socket, and nobody else notices', async () => {
    const { gateway } = forewatch.server.services;
    const before = { ...gateway.counters };
    const client = await LiveClient.connect(forewatch.server.url, token);
    subscribeToMany(client, 10_000);
    await forewatch.publish(
      'incidents.v1.police.live',
      incidentMessage({ id: 'meanwhile', occurredAt: new Date().toISOString() }),
    );
    await witness.incident('meanwhile');
    expect(
      await until(
        () => client.closed,
        (code) => code !== undefined,
      ),
    ).toBe(1008);
    expect(client.frames.at(-1)).toEqual({ type: 'refused', reason: 'too many subscribes in a minute' });
    expect(gateway.counters.refused).toBe(before.refused + 1);
    expect(gateway.counters.snapshots - before.snapshots).toBeLessThan(10);
    await until(
      () => gateway.sessions,
      (sessions) => sessions === 1,
    );
    expect(witness.frames.filter(({ type }) => type === 'snapshot')).toHaveLength(1);
  });

  it('from many sockets at once still leave the others their deltas', async () => {
    const { gateway } = forewatch.server.services;
    const clients = await Promise.all(
      Array.from({ length: 20 }, () => LiveClient.connect(forewatch.server.url, token)),
    );
    for (const client of clients) subscribeToMany(client, 500);
    await forewatch.publish(
      'incidents.v1.police.live',
      incidentMessage({ id: 'meanwhile-too', occurredAt: new Date().toISOString() }),
    );
    await witness.incident('meanwhile-too');
    await until(
      () => gateway.sessions,
      (sessions) => sessions === 1,
    );
  });
});
