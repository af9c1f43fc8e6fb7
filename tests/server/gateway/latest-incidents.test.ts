/** What a snapshot lists has no hole, whatever corrections have taken out of a force's list. */
import { expect, it } from 'vitest';
import { LatestIncidents } from '../../../server/gateway/latest-incidents.ts';
import { SNAPSHOT_INCIDENTS } from '../../../shared/messages.ts';
import { storedIncident } from '../../support/stored-incidents.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 2, 1) + second * 1_000).toISOString();

it('lists what a full force’s list has room for again before another force’s older incidents', () => {
  const latest = new LatestIncidents();
  latest.add(storedIncident({ id: 'older', force: 'kent', receivedAt: at(0) }));
  for (let number = 0; number < SNAPSHOT_INCIDENTS + 100; number++)
    latest.add(storedIncident({ id: `n-${number}`, force: 'surrey', receivedAt: at(1 + number) }));
  // A hundred of the newest turn out to belong elsewhere.
  for (let number = SNAPSHOT_INCIDENTS; number < SNAPSHOT_INCIDENTS + 100; number++) {
    const incident = { id: `n-${number}`, revision: 2, force: 'essex', receivedAt: at(10_000) } as const;
    latest.add(storedIncident(incident));
  }
  const listed = latest.of(['kent', 'surrey'], ['all']).map(({ id }) => id);
  expect(listed).toHaveLength(SNAPSHOT_INCIDENTS);
  expect(listed).toContain('n-0');
  expect(listed).not.toContain('older');
});

it('ends where something was let go, rather than leave out what came between', () => {
  const latest = new LatestIncidents();
  for (let number = 0; number < 100; number++)
    latest.add(storedIncident({ id: `old-${number}`, force: 'kent', receivedAt: at(number) }));
  const count = 2 * SNAPSHOT_INCIDENTS + 200;
  for (let number = 0; number < count; number++)
    latest.add(storedIncident({ id: `n-${number}`, force: 'surrey', receivedAt: at(1_000 + number) }));
  // Of what the list holds, more than it holds to spare turns out to belong elsewhere.
  for (let number = 300; number < count; number++) {
    const incident = { id: `n-${number}`, revision: 2, force: 'essex', receivedAt: at(10_000) } as const;
    latest.add(storedIncident(incident));
  }
  const listed = latest.of(['kent', 'surrey'], ['all']).map(({ id }) => id);
  // n-199 was let go when there were newer ones enough: it counts again, and nobody knows it here.
  expect(listed).toEqual(Array.from({ length: 100 }, (_, index) => `n-${299 - index}`));
  expect(latest.of(['kent'], ['all'])).toHaveLength(100);
});

it('lists again to the end once what was let go lies after the present: a recording started over', () => {
  const latest = new LatestIncidents();
  latest.add(storedIncident({ id: 'older', force: 'kent', receivedAt: at(0) }));
  for (let number = 0; number < 2 * SNAPSHOT_INCIDENTS + 1; number++)
    latest.add(storedIncident({ id: `n-${number}`, force: 'surrey', receivedAt: at(1_000 + number) }));
  latest.forgetAfter(at(500));
  expect(latest.of(['kent', 'surrey'], ['all']).map(({ id }) => id)).toEqual(['older']);
});
