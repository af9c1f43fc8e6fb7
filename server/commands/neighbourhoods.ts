/** `npm run neighbourhoods`: forces' neighbourhoods and their named officers in from GeoJSON. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { FORCES, type ForceSlug } from '../../shared/force.ts';
import { readConfig } from '../config.ts';
import { forceNamed } from '../force-areas/force-named.ts';
import { GeoJsonError } from '../force-areas/geojson.ts';
import { readNeighbourhoods, type NeighbourhoodArea } from '../neighbourhoods/read-neighbourhoods.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import {
  countNeighbourhoods,
  removeNeighbourhoods,
  saveNeighbourhoods,
} from '../store/neighbourhood-store.ts';
import { CommandError, report, runCommand, UsageError } from './run-command.ts';
import { runningDatabaseUrl } from './running-services.ts';

const USAGE = `npm run neighbourhoods -- import FILE.geojson    neighbourhoods in; those of its forces are replaced
       npm run neighbourhoods -- remove FORCE…           a force's neighbourhoods out
       npm run neighbourhoods -- report                  how many each force has, and how many name an officer`;

await runCommand(USAGE, async () => {
  const [act, ...names] = parseArgs({ allowPositionals: true, options: {} }).positionals;
  if (act === 'import') await importAreas(names);
  else if (act === 'remove') await removeAreas(names);
  else if (act === 'report') await reportAreas(names);
  else throw new UsageError(act === undefined ? 'say what to do' : `there is no "${act}"`);
});

/** All of the file, or nothing. */
async function importAreas([file, ...more]: readonly string[]): Promise<void> {
  if (file === undefined || more.length > 0) throw new UsageError('say which one file to import');
  const areas = await readAreas(file);
  await inDatabase(async (database) => {
    await saveNeighbourhoods(database, areas);
    await printCounts(database);
  });
}

async function readAreas(file: string): Promise<NeighbourhoodArea[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new CommandError(`${file} can't be read: ${(cause as Error).message}`, { cause });
  }
  try {
    return readNeighbourhoods(text);
  } catch (error) {
    if (!(error instanceof GeoJsonError)) throw error;
    throw new CommandError(`${file}: ${error.message}. Nothing was imported.`, { cause: error });
  }
}

async function removeAreas(names: readonly string[]): Promise<void> {
  if (names.length === 0) throw new UsageError('say whose neighbourhoods to remove');
  const forces = names.map((name): ForceSlug => {
    const force = forceNamed(name);
    if (force === undefined) throw new CommandError(`"${name}" is none of the forces: ${FORCES.join(', ')}`);
    return force;
  });
  await inDatabase(async (database) => {
    const removed = await removeNeighbourhoods(database, forces);
    for (const force of forces)
      report(
        `${force} had ${removed.get(force) ?? 'no'} neighbourhoods${removed.has(force) ? ': they are removed' : ''}`,
      );
  });
}

async function reportAreas(more: readonly string[]): Promise<void> {
  if (more.length > 0) throw new UsageError('report takes no names');
  await inDatabase(printCounts);
}

async function printCounts(database: Database): Promise<void> {
  const counts = await countNeighbourhoods(database);
  if (counts.length === 0)
    throw new CommandError('no neighbourhoods are imported: npm run neighbourhoods -- import FILE.geojson');
  for (const { force, neighbourhoods, named, importedAt } of counts) {
    const when = importedAt.toISOString().slice(0, 10);
    report(
      `  ${force}: ${neighbourhoods} neighbourhoods, ${named} with a named officer, imported on ${when}`,
    );
  }
}

async function inDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const url = runningDatabaseUrl(readConfig());
  await migrate(url);
  const database = openDatabase({ url, name: 'neighbourhoods', connections: 1 });
  try {
    await work(database);
  } finally {
    await database.end();
  }
}
