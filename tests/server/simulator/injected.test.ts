/** Clusters and outages: what was put into the city is in its messages, and only the truth says which they are. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Cluster } from '../../../server/simulator/clusters.ts';
import { NIGHT_LIFE, PARKS } from '../../../server/simulator/geography.ts';
import { isBuiltUp } from '../../../server/simulator/land.ts';
import type { Outage } from '../../../server/simulator/outages.ts';
import { NoSuchPlace, Places } from '../../../server/simulator/places.ts';
import { distance, toDegrees, toPlane } from '../../../server/simulator/plane.ts';
import {
  SimulatedCity,
  type CityOptions,
  type SimulatedMessage,
} from '../../../server/simulator/simulate-city.ts';
import { weeklyRate } from '../../../server/simulator/telling.ts';
import type { ClusterTruth, OutageTruth, Truth } from '../../../server/simulator/truth.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, parseInstant } from '../../../shared/time.ts';

const START_MS = Date.UTC(2026, 2, 2);
const SPAN = { startMs: START_MS, endMs: START_MS + 3 * DAY_MS, ratePerSecond: weeklyRate(0.1) };
const CLUSTER: Cluster = {
  centre: toDegrees(NIGHT_LIFE[1]?.centre ?? { x: 0, y: 0 }),
  radiusMetres: 200,
  size: 25,
  startMs: START_MS + DAY_MS,
  durationMs: 2 * HOUR_MS,
  category: 'robbery',
  markers: ['knife'],
};
const OUTAGE: Outage = {
  feed: { agency: 'police', feed: 'metropolitan-calls' },
  startMs: START_MS + DAY_MS,
  durationMs: HOUR_MS,
  backlog: 'late',
};

let places: Places;
beforeAll(() => {
  places = new Places(1);
});

function live(options: CityOptions, seed = 1): { messages: SimulatedMessage[]; truths: Truth[] } {
  const truths: Truth[] = [];
  const city = new SimulatedCity(seed, { places, ...options, onTruth: (truth) => truths.push(truth) });
  return { messages: city.messages(SPAN).toArray(), truths };
}

const clustersIn = (truths: Truth[]): ClusterTruth[] =>
  truths.filter(({ type }) => type === 'cluster') as ClusterTruth[];
const outagesIn = (truths: Truth[]): OutageTruth[] =>
  truths.filter(({ type }) => type === 'outage') as OutageTruth[];
const occurredMs = ({ incident }: SimulatedMessage): number => parseInstant(incident.occurredAt) ?? NaN;

describe('a cluster', () => {
  it('has its size, place, time, category and markers, and its truth names every incident of it', () => {
    const { messages, truths } = live({ clusters: [CLUSTER] });
    const [truth] = clustersIn(truths);
    expect(truth).toMatchObject({
      centre: CLUSTER.centre,
      radiusMetres: 200,
      size: 25,
      startAt: '2026-03-03T00:00:00.000Z',
      endAt: '2026-03-03T02:00:00.000Z',
      category: 'robbery',
      markers: ['knife'],
    });
    const ids = new Set(truth?.incidentIds);
    expect(ids.size).toBe(25);
    const told = messages.filter(({ incident }) => ids.has(incident.id));
    // Some may be told after the end of the span; none is told of before it has happened.
    expect(new Set(told.map(({ incident }) => incident.id)).size).toBeGreaterThan(20);
    const originals = told.filter(({ incident }) => incident.revision === undefined);
    for (const message of originals) {
      const { incident, knownAtMs } = message;
      const middle = toPlane(CLUSTER.centre.lat, CLUSTER.centre.lon);
      const point = toPlane(incident.location.lat, incident.location.lon);
      expect(distance(point, middle)).toBeLessThan(201); // rounded to a metre
      expect(isBuiltUp(point)).toBe(true);
      expect(incident).toMatchObject({ category: 'robbery', markers: expect.arrayContaining(['knife']) });
      expect(occurredMs(message)).toBeGreaterThanOrEqual(CLUSTER.startMs);
      expect(occurredMs(message)).toBeLessThan(CLUSTER.startMs + CLUSTER.durationMs);
      expect(knownAtMs).toBeGreaterThanOrEqual(occurredMs(message));
    }
  });

  it('comes on top: everything else is as it would be without it', () => {
    const without = live({}).messages;
    const { messages, truths } = live({ clusters: [CLUSTER] });
    const ids = new Set(clustersIn(truths)[0]?.incidentIds);
    expect(messages.filter(({ incident }) => !ids.has(incident.id))).toEqual(without);
  });

  it('cannot be told from a message: its incidents look as all others do', () => {
    const { messages, truths } = live({ clusters: [CLUSTER] });
    const ids = new Set(clustersIn(truths)[0]?.incidentIds);
    const shape = ({ feed, incident }: SimulatedMessage): string =>
      `${feed.feed} ${Object.keys(incident).join()} ${incident.id.replace(/^(sim-[0-9a-z]+-)[0-9a-z]+$/, '$1…')}`;
    const usual = new Set(messages.filter(({ incident }) => !ids.has(incident.id)).map(shape));
    const extra = new Set(messages.filter(({ incident }) => ids.has(incident.id)).map(shape));
    expect([...extra].filter((own) => !usual.has(own))).toEqual([]);
  });

  it('is written down before the first of its incidents', () => {
    const seen: string[] = [];
    const truths: ClusterTruth[] = [];
    const onTruth = (truth: Truth): void => {
      if (truth.type !== 'cluster') return;
      expect(seen.filter((id) => truth.incidentIds.includes(id))).toEqual([]);
      truths.push(truth);
    };
    const city = new SimulatedCity(1, { places, clustersPerDay: 16, onTruth });
    for (const { incident } of city.messages(SPAN)) seen.push(incident.id);
    expect(truths.length).toBeGreaterThan(40);
  });

  it('goes on where one stretch ends and the next begins', () => {
    const startMs = CLUSTER.startMs + HOUR_MS;
    const city = new SimulatedCity(1, { places, clusters: [CLUSTER] });
    const split = [...city.messages({ ...SPAN, endMs: startMs }), ...city.messages({ ...SPAN, startMs })];
    const ids = new Set(clustersIn(live({ clusters: [CLUSTER] }).truths)[0]?.incidentIds);
    const whole = live({ clusters: [CLUSTER] }).messages.filter(({ incident }) => ids.has(incident.id));
    expect(split.filter(({ incident }) => ids.has(incident.id))).toEqual(whole);
  });

  it('is refused in the middle of a park', () => {
    const { centre } = PARKS[15] ?? { centre: { x: 0, y: 0 } };
    const clusters = [{ ...CLUSTER, centre: toDegrees(centre) }];
    expect(() => new SimulatedCity(1, { places, clusters })).toThrow(NoSuchPlace);
  });

  it('comes as often as is asked for, elsewhere and at other times for another seed', () => {
    const one = clustersIn(live({ clustersPerDay: 16 }).truths);
    const other = clustersIn(live({ clustersPerDay: 16 }, 2).truths);
    for (const clusters of [one, other]) expect(clusters).toHaveLength(48);
    expect(one.map(({ startAt }) => startAt)).not.toEqual(other.map(({ startAt }) => startAt));
    expect(new Set(one.map(({ category }) => category)).size).toBeGreaterThan(4);
    for (const { size, incidentIds } of one) {
      expect(size).toBeGreaterThanOrEqual(8);
      expect(incidentIds).toHaveLength(size);
    }
  });
});

describe('an outage', () => {
  const isSilent = ({ feed, knownAtMs }: SimulatedMessage): boolean =>
    feed.feed === OUTAGE.feed.feed &&
    knownAtMs >= OUTAGE.startMs &&
    knownAtMs < OUTAGE.startMs + OUTAGE.durationMs;

  it('silences its feed, and no other', () => {
    const usual = live({}).messages;
    const { messages, truths } = live({ outages: [OUTAGE] });
    expect(usual.filter(isSilent).length).toBeGreaterThan(50);
    expect(messages.filter(isSilent)).toEqual([]);
    const ofOthers = (of: SimulatedMessage[]): SimulatedMessage[] =>
      of.filter(({ feed }) => feed.feed !== OUTAGE.feed.feed);
    expect(ofOthers(messages)).toEqual(ofOthers(usual));
    expect(outagesIn(truths)).toEqual([
      {
        type: 'outage',
        agency: 'police',
        feed: 'metropolitan-calls',
        startAt: '2026-03-03T00:00:00.000Z',
        endAt: '2026-03-03T01:00:00.000Z',
        backlog: 'late',
      },
    ]);
  });

  it('lets what it held back arrive soon after, in order and unchanged', () => {
    const usual = live({}).messages.filter(isSilent);
    const endMs = OUTAGE.startMs + OUTAGE.durationMs;
    const { messages } = live({ outages: [OUTAGE] });
    const late = new Set(usual.map(({ incident }) => JSON.stringify(incident)));
    const backlog = messages.filter(
      ({ incident, knownAtMs }) =>
        knownAtMs >= endMs && knownAtMs < endMs + 2 * MINUTE_MS && late.has(JSON.stringify(incident)),
    );
    expect(backlog.map(({ incident }) => incident)).toEqual(usual.map(({ incident }) => incident));
  });

  it('loses it where that is asked for, and the truth of a cluster leaves out what was lost', () => {
    const lost: Outage = { ...OUTAGE, durationMs: 3 * HOUR_MS, backlog: 'lost' };
    const { messages, truths } = live({ outages: [lost], clusters: [CLUSTER] });
    const told = new Set(messages.map(({ incident }) => incident.id));
    const [cluster] = clustersIn(truths);
    expect(cluster?.size).toBe(25);
    expect(cluster?.incidentIds.length).toBeLessThan(20);
    expect(cluster?.incidentIds.length).toBeGreaterThan(0);
    const unseen = cluster?.incidentIds.filter((id) => !told.has(id)) ?? [];
    expect(unseen.length).toBeLessThan(4); // told after the span
    expect(told.size).toBeLessThan(new Set(live({}).messages.map(({ incident }) => incident.id)).size);
  });

  it('comes as often as is asked for, to any feed', () => {
    const outages = outagesIn(live({ outagesPerDay: 24 }).truths);
    expect(outages).toHaveLength(72);
    expect(new Set(outages.map(({ feed }) => feed)).size).toBe(10);
  });
});
