/** `npm run force-areas`: police force areas in from GeoJSON, and which stored incidents lie outside them. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { FORCES, type ForceSlug } from '../../shared/force.ts';
import { readConfig } from '../config.ts';
import { AreaIndex } from '../force-areas/area-index.ts';
import { forceNamed } from '../force-areas/force-named.ts';
import { placeAccount } from '../force-areas/place-account.ts';
import { GeoJsonError } from '../force-areas/geojson.ts';
import { readForceAreas, type NamedForceArea } from '../force-areas/read-force-areas.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { removeForceAreas, saveForceAreas, selectForceAreas } from '../store/force-area-store.ts';
import { migrate } from '../store/migrate.ts';
import { viewPlaces } from '../store/stored-places.ts';
import { areaLines, placeLines } from './force-area-lines.ts';
import { CommandError, report, runCommand, UsageError } from './run-command.ts';
import { runningDatabaseUrl } from './running-services.ts';

const USAGE = `npm run force-areas -- import FILE.geojson    areas in; a force's earlier area is replaced
       npm run force-areas -- remove FORCE…           areas out
       npm run force-areas -- report                  which stored incidents lie outside, or in another force's area`;

await runCommand(USAGE, async () => {
  const [act, ...names] = parseArgs({ allowPositionals: true, options: {} }).positionals;
  if (act === 'import') await importAreas(names);
  else if (act === 'remove') await removeAreas(names);
  else if (act === 'report') await reportPlaces(names);
  else throw new UsageError(act === undefined ? 'say what to do' : `there is no "${act}"`);
});

/** All of the file, or nothing. */
async function importAreas([file, ...more]: readonly string[]): Promise<void> {
  if (file === undefined || more.length > 0) throw new UsageError('say which one file to import');
  const areas = await readAreas(file);
  await inDatabase(async (database, url) => {
    await saveForceAreas(database, areas);
    for (const line of areaLines(areas)) report(line);
    await printPlaces(database, url);
  });
  report('Incidents that are stored keep their force; from now on those without one get it by these areas.');
}

async function readAreas(file: string): Promise<NamedForceArea[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new CommandError(`${file} can't be read: ${(cause as Error).message}`, { cause });
  }
  try {
    return readForceAreas(text);
  } catch (error) {
    if (!(error instanceof GeoJsonError)) throw error;
    throw new CommandError(`${file}: ${error.message}. Nothing was imported.`, { cause: error });
  }
}

async function removeAreas(names: readonly string[]): Promise<void> {
  if (names.length === 0) throw new UsageError('say whose area to remove');
  const forces = names.map((name): ForceSlug => {
    const force = forceNamed(name);
    if (force === undefined) throw new CommandError(`"${name}" is none of the forces: ${FORCES.join(', ')}`);
    return force;
  });
  await inDatabase(async (database) => {
    const removed = await removeForceAreas(database, forces);
    for (const force of forces)
      report(removed.includes(force) ? `${force} has no area any more` : `${force} had no area`);
  });
}

async function reportPlaces(more: readonly string[]): Promise<void> {
  if (more.length > 0) throw new UsageError('report takes no names');
  await inDatabase(printPlaces);
}

async function printPlaces(database: Database, url: string): Promise<void> {
  const areas = await selectForceAreas(database);
  if (areas.length === 0)
    throw new CommandError('no force areas are imported: npm run force-areas -- import FILE.geojson');
  const index = new AreaIndex(areas);
  const account = await viewPlaces(url, (view) => placeAccount(view, index));
  for (const line of placeLines(account)) report(line);
}

async function inDatabase(work: (database: Database, url: string) => Promise<void>): Promise<void> {
  const url = runningDatabaseUrl(readConfig());
  await migrate(url);
  const database = openDatabase({ url, name: 'force-areas', connections: 1 });
  try {
    await work(database, url);
  } finally {
    await database.end();
  }
}
