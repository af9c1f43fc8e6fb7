/** Areas come in all or none, a running server goes by them at once, and what is stored stays as it was known. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectForceAreas } from '../../server/store/force-area-store.ts';
import { UNASSIGNED } from '../../shared/force.ts';
import { areasFile } from '../support/area-shapes.ts';
import { box } from '../support/box.ts';
import { incidentMessage } from '../support/incidents.ts';
import { announcedChanges } from '../support/live-messages.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { runCommand, type CommandResult } from '../support/run-command.ts';
import { until } from '../support/until.ts';

/** Two areas with the meridian of Greenwich between them. */
const SURREY = { name: 'Surrey', rings: [box(-1, 51, 0, 52)] };
const KENT = { name: 'Kent', rings: [box(0, 51, 1, 52)] };
const IN_SURREY = { lat: 51.5, lon: -0.5 };
const IN_KENT = { lat: 51.5, lon: 0.5 };

let forewatch: RealForewatch;
let folder: string;

beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['ingest']) });
  folder = mkdtempSync(join(tmpdir(), 'forewatch-areas-'));
});
afterAll(async () => {
  await forewatch.dispose();
  rmSync(folder, { recursive: true });
});

function command(...args: string[]): Promise<CommandResult> {
  return runCommand('force-areas', args, { DATABASE_URL: forewatch.postgres.url });
}

async function importing(text: string): Promise<CommandResult> {
  const file = join(folder, 'areas.geojson');
  writeFileSync(file, text);
  return command('import', file);
}

/** The force of a new incident at a place. */
async function forceOfNew(location: { lat: number; lon: number }, force?: 'essex'): Promise<string> {
  const message = incidentMessage({ location, ...(force && { force }) });
  await forewatch.publish('incidents.v1.police.cad', message);
  return storedForce(message.id);
}

function storedForce(id: string): Promise<string> {
  return until(
    async () => {
      const { rows } = await forewatch.database.query<{ force: string }>(
        'select force from incidents join incident_keys using (agency, feed, id, revision) where id = $1',
        [id],
      );
      return rows[0]?.force ?? '';
    },
    (found) => found !== '',
  );
}

async function areas(): Promise<string[]> {
  return (await selectForceAreas(forewatch.database)).map(({ force }) => force);
}

describe('without areas', () => {
  it('an incident is unassigned unless it names its force', async () => {
    expect(await forceOfNew(IN_KENT)).toBe(UNASSIGNED);
    expect(await forceOfNew(IN_KENT, 'essex')).toBe('essex');
  });

  it('there is nothing to report on', async () => {
    const { code, err } = await command('report');
    expect({ code, err }).toEqual({ code: 1, err: [expect.stringMatching(/^no force areas are imported/)] });
  });
});

describe('an import', () => {
  it('is refused whole where one feature is faulty, in one line that names it', async () => {
    const open = { name: 'Kent', rings: [box(0, 51, 1, 52).slice(0, -1)] };
    const { code, out, err } = await importing(areasFile(SURREY, open));
    expect({ code, out }).toEqual({ code: 1, out: [] });
    expect(err).toEqual([
      expect.stringMatching(
        /areas\.geojson: feature 2 \(Kent\): ring 1 is not closed.*Nothing was imported\.$/,
      ),
    ]);
    expect(await areas()).toEqual([]);
  });

  it.each([
    [['import'], /^say which one file/],
    [['import', '/nowhere.geojson'], /^\/nowhere\.geojson can't be read: ENOENT/],
    [['remove', 'atlantis'], /^"atlantis" is none of the forces: avon-and-somerset/],
    [['destroy'], /^there is no "destroy"$/],
    [[], /^say what to do$/],
  ])('that is called wrongly says how: %j', async (args, message) => {
    const { code, err } = await command(...args);
    expect(code).toBe(1);
    expect(err[0]).toMatch(message);
  });

  it('says what came in, and which stored incidents lie elsewhere, and changes none of them', async () => {
    expect(await importing(areasFile(SURREY, KENT))).toEqual({
      code: 0,
      err: [],
      out: [
        'Imported 2 force areas, 15,394 km²:',
        expect.stringMatching(/^ {2}kent +7,697 km² {2}Kent$/),
        expect.stringMatching(/^ {2}surrey +7,697 km² {2}Surrey$/),
        expect.stringMatching(
          /^Of 2 incidents stored, 0 \(0 %\) lie outside .* 1 \(50 %\) in another .* 1 \(50 %\) .*unassigned/,
        ),
        expect.stringMatching(/^ {2}essex +1 in kent$/),
        expect.stringMatching(/^ {2}unassigned +1 in kent$/),
        expect.stringMatching(/^Incidents that are stored keep their force/),
      ],
    });
    const { rows } = await forewatch.database.query('select force from incidents order by force');
    expect(rows).toEqual([{ force: 'essex' }, { force: UNASSIGNED }]);
  });
});

describe('a running server', () => {
  it('goes by new areas without a restart', async () => {
    await until(
      () => forceOfNew(IN_KENT),
      (force) => force === 'kent',
    );
    expect(await forceOfNew(IN_SURREY)).toBe('surrey');
    expect(await forceOfNew({ lat: 50.5, lon: 0.5 })).toBe(UNASSIGNED);
    expect(await forceOfNew(IN_KENT, 'essex')).toBe('essex');
  });

  it('goes by another import, which replaces the areas it names and no others', async () => {
    expect((await importing(areasFile({ name: 'Kent', rings: [box(0, 50, 1, 51)] }))).code).toBe(0);
    await until(
      () => forceOfNew({ lat: 50.5, lon: 0.5 }),
      (force) => force === 'kent',
    );
    expect(await forceOfNew(IN_KENT)).toBe(UNASSIGNED);
    expect(await forceOfNew(IN_SURREY)).toBe('surrey');
    expect(await areas()).toEqual(['kent', 'surrey']);
  });

  it('lets go of an area that is removed', async () => {
    expect((await command('remove', 'Kent', 'essex')).out).toEqual([
      'kent has no area any more',
      'essex had no area',
    ]);
    await until(
      () => forceOfNew({ lat: 50.5, lon: 0.5 }),
      (force) => force === UNASSIGNED,
    );
    expect(await areas()).toEqual(['surrey']);
  });
});

describe('what was stored before an import', () => {
  it('is a duplicate when it is sent again, and moves to its force when it is corrected', async () => {
    const place = { lat: 53, lon: -1 };
    const message = incidentMessage({ location: place });
    const subject = 'incidents.v1.council.early';
    await forewatch.publish(subject, message);
    expect(await storedForce(message.id)).toBe(UNASSIGNED);
    await importing(areasFile({ name: 'Derbyshire', rings: [box(-2, 52, 0, 54)] }));
    await until(
      () => forceOfNew(place),
      (force) => force === 'derbyshire',
    );
    await forewatch.publish(subject, message);
    await forewatch.publish(subject, { ...message, revision: 2, severity: 4 });
    const account = await until(
      async () => {
        const { rows } = await forewatch.database.query<{
          stored: number;
          duplicates: number;
          rejected: number;
        }>(`select stored, duplicates, rejected from feeds where feed = 'early'`);
        return rows[0];
      },
      (found) => (found?.stored ?? 0) + (found?.duplicates ?? 0) + (found?.rejected ?? 0) === 3,
    );
    expect(account).toEqual({ stored: 2, duplicates: 1, rejected: 0 });
    const changes = await until(
      () => announcedChanges(forewatch.server.services.live),
      (all) => all.some(({ incident }) => incident.id === message.id && incident.revision === 2),
    );
    expect(changes.filter(({ incident }) => incident.id === message.id)).toMatchObject([
      { incident: { force: UNASSIGNED } },
      { incident: { force: 'derbyshire' }, superseded: { force: UNASSIGNED } },
    ]);
  });
});
