/** A backtest's area share is measured over the imported force areas, where there are any that the incidents lie in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backtestArea, type BacktestArea } from '../../server/commands/backtest-area.ts';
import { readForceAreas } from '../../server/force-areas/read-force-areas.ts';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { removeForceAreas, saveForceAreas } from '../../server/store/force-area-store.ts';
import { cellCentre } from '../../shared/cell.ts';
import { DAY_MS } from '../../shared/time.ts';
import { areasFile } from '../support/area-shapes.ts';
import { box } from '../support/box.ts';
import { knownIncident, START_MS } from '../support/known-incidents.ts';
import { realDatabase, type RealServer } from '../support/real-servers.ts';

const SURREY = { name: 'Surrey', rings: [box(-0.1, 51.4, 0, 51.5)] };
const KENT = { name: 'Kent', rings: [box(0, 51.4, 0.1, 51.5)] };
const span = { fromMs: START_MS, toMs: START_MS + DAY_MS };

/** So many incidents west and east of the meridian, and elsewhere. */
function incidents(surrey: number, kent: number, elsewhere = 0): ReturnType<typeof knownIncident>[] {
  const at = (longitude: number, count: number, daysAgo = 1): ReturnType<typeof knownIncident>[] =>
    Array.from({ length: count }, () =>
      knownIncident({ place: [51.45, longitude], occurredAtMs: START_MS - daysAgo * DAY_MS }),
    );
  // What happens in the test has no say in where it is measured.
  return [...at(-0.05, surrey), ...at(0.05, kent), ...at(5, elsewhere), ...at(0.05, 10_000, -1)];
}

describe('backtestArea', () => {
  let postgres: RealServer;
  let database: Database;
  const heard: string[] = [];
  const areaOf = (past: ReturnType<typeof incidents>): Promise<BacktestArea | undefined> =>
    backtestArea(
      { forceAreas: undefined, span },
      past,
      { databaseUrl: postgres.url, dataDir: '/nowhere' },
      (line) => heard.push(line),
    );

  beforeAll(async () => {
    postgres = await realDatabase();
    database = openDatabase({ url: postgres.url, name: 'test', connections: 1 });
    await saveForceAreas(database, readForceAreas(areasFile(SURREY, KENT)));
  });
  afterAll(async () => {
    await database.end();
    await postgres.dispose();
  });

  it('is the force’s own, not that of the neighbour whose border some snap points crossed', async () => {
    const area = await areaOf(incidents(500, 4));
    expect(area?.forces).toEqual(['surrey']);
    expect(area?.cells.length).toBeGreaterThan(600);
    expect(area?.cells.every((cell) => cellCentre(cell)[1] < 0)).toBe(true);
  });

  it('is that of several forces where the incidents are theirs', async () => {
    expect((await areaOf(incidents(500, 100)))?.forces).toEqual(['kent', 'surrey']);
  });

  it('is not there for a city that none of the areas holds', async () => {
    expect(await areaOf(incidents(40, 0, 60))).toBeUndefined();
    expect(heard).toEqual([]);
  });

  it('is not there without areas, and says why when they could not be asked for', async () => {
    await removeForceAreas(database, ['surrey', 'kent']);
    expect(await areaOf(incidents(500, 0))).toBeUndefined();
    expect(heard).toEqual([]);
    const unreachable = { databaseUrl: 'postgres://nobody@127.0.0.1:1/none', dataDir: '/nowhere' };
    const asked = { forceAreas: undefined, span };
    expect(
      await backtestArea(asked, incidents(500, 0), unreachable, (line) => heard.push(line)),
    ).toBeUndefined();
    expect(heard[0]).toMatch(/^force areas could not be asked for, so the cells with incidents serve: /);
  });
});
