/** `forecast.touch`: ms from an announcement of stored incidents to the last ranking they change, at 100,000 active cells. */
import { setTimeout } from 'node:timers/promises';
import type { HotspotsRanked, IncidentChange } from '../../shared/announcement.ts';
import { cellCentre, type Cell } from '../../shared/cell.ts';
import type { Hotspot } from '../../shared/hotspot.ts';
import { formatInstant, TimeZone } from '../../shared/time.ts';
import { ForecastMemory } from '../../server/forecast/memory.ts';
import { connectNats } from '../../server/feeds/nats-connection.ts';
import { LiveStream } from '../../server/live/live-stream.ts';
import { saveCheckpoints } from '../../server/store/checkpoint-store.ts';
import { selectArchiveEnd } from '../../server/store/live-archive-store.ts';
import { openDatabase } from '../../server/store/database.ts';
import { serverProcess } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { activeHistory } from './active-cells.ts';
import { distribution, type Benchmark } from './bench.ts';

const CELLS = 100_000;
const FORCE = 'west-midlands';
const SAMPLES = 200;
const WARM_UP = 20;
/**
 * A theft changes all three horizons of two themes; the last ranking of these counts. Of a rare theme so many incidents
 * would lift the whole region's level, and with it what every tick has to tell.
 */
const CATEGORY = 'vehicle-crime';
const LAST = { theme: 'theft', horizonHours: 24 } as const;
/** Enough to move a hotspot by more than 5 % each time that its turn comes. */
const INCIDENTS = 5;
/** Ticks go on beside it, every 5 seconds: some samples fall into one. */
const PAUSE_MS = 150;

export const forecastTouch: Benchmark = {
  names: ['forecast.touch'],
  run: async (report) => {
    const server = await serverProcess({}, report);
    const connection = await connectNats({ urls: server.natsUrls, name: 'bench' });
    const live = await LiveStream.open(connection);
    try {
      await server.kill();
      report(`${CELLS} active cells`);
      const position = await live.position();
      const database = openDatabase({ url: server.databaseUrl, name: 'bench' });
      const { epoch, lastSeq: seq } = position;
      await saveCheckpoints(database, { epoch, seq, parts: rememberedCells() });
      await server.start();
      // A forecaster that starts tells of every cell: what is measured is what comes after that.
      const settled = async (): Promise<void> => {
        const { lastSeq } = await live.position();
        await until(
          () => selectArchiveEnd(database, epoch),
          (end) => end.seq >= lastSeq,
          60_000,
        );
      };
      const measured = await samples(live, position, settled, report);
      await database.end();
      return [distribution('forecast.touch', 'ms', measured)];
    } finally {
      await connection.close();
      await server.dispose();
    }
  },
};

function rememberedCells(): ReturnType<ForecastMemory['encode']> {
  const memory = new ForecastMemory(new TimeZone('Europe/London'));
  const state = activeHistory(CELLS, Date.now()).encode();
  return [...memory.encode(), { part: `history:${FORCE}`, state }];
}

async function samples(
  live: LiveStream,
  { epoch, lastSeq }: { epoch: string; lastSeq: number },
  settled: () => Promise<void>,
  report: (line: string) => void,
): Promise<number[]> {
  const stop = new AbortController();
  const rankings = live.read({
    epoch,
    afterSeq: lastSeq,
    subjects: `hotspots.v1.${FORCE}`,
    signal: stop.signal,
  });
  const iterator = rankings[Symbol.asyncIterator]();
  const read = async (isReached: (ranked: HotspotsRanked) => boolean): Promise<HotspotsRanked> => {
    for (;;) {
      const { value, done } = await iterator.next();
      if (done === true) throw new Error('LIVE ended');
      const { announcement } = value;
      if (announcement.type === 'hotspots.ranked' && isReached(announcement)) return announcement;
    }
  };
  const first = await read(
    ({ theme, horizonHours }) => theme === LAST.theme && horizonHours === LAST.horizonHours,
  );
  report('the first tick is done');
  await settled();
  const cells = first.hotspots.map(({ cell }) => cell);
  const told = new Map(first.hotspots.map(({ cell, expected }) => [cell, expected]));
  const measured: number[] = [];
  for (let sample = 0; sample < WARM_UP + SAMPLES; sample++) {
    const cell = cells[sample % cells.length] ?? '';
    const beganMs = performance.now();
    const at = formatInstant(Date.now());
    await live.announce({
      ...{ type: 'incidents.stored', at, force: FORCE, batch: 1_000_000 + sample, part: 0 },
      changes: incidentsIn(cell, sample, at),
    });
    await read(
      ({ theme, horizonHours, hotspots }) =>
        theme === LAST.theme && horizonHours === LAST.horizonHours && hasRisen(hotspots, cell, told),
    );
    if (sample >= WARM_UP) measured.push(performance.now() - beganMs);
    await setTimeout(PAUSE_MS);
  }
  stop.abort();
  return measured;
}

/** Whether the cell expects more than when it was told of last; remembers it. */
function hasRisen(hotspots: readonly Hotspot[], cell: Cell, told: Map<Cell, number>): boolean {
  const now = hotspots.find((hotspot) => hotspot.cell === cell)?.expected ?? 0;
  const hasRisen = now > 1.02 * (told.get(cell) ?? 0);
  if (hasRisen) told.set(cell, now);
  return hasRisen;
}

function incidentsIn(cell: Cell, sample: number, at: string): IncidentChange[] {
  const [lat, lon] = cellCentre(cell);
  return Array.from({ length: INCIDENTS }, (_, number) => ({
    incident: {
      ...{ agency: 'police', feed: 'bench', id: `bench-${sample}-${number}`, revision: 1, status: 'open' },
      ...{
        origin: 'simulated',
        occurredAt: at,
        occurredUntil: null,
        timePrecision: 'minute',
        receivedAt: at,
      },
      ...{ lat, lon, cell, category: CATEGORY, markers: [], nativeCategory: null, severity: 2 },
      ...{ force: FORCE, discovery: 'reported' },
    },
  }));
}
