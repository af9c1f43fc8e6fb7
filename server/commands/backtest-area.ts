/** The cells that a backtest's area share is measured over: those of the force areas where the incidents lie. */
import { readFile } from 'node:fs/promises';
import type { KnownIncident } from '../../models/features/counted-incident.ts';
import type { Cell } from '../../shared/cell.ts';
import { UNASSIGNED, type Force, type ForceSlug } from '../../shared/force.ts';
import type { Config } from '../config.ts';
import { cellsOf } from '../force-areas/area-cells.ts';
import { AreaIndex, type ForceArea } from '../force-areas/area-index.ts';
import { GeoJsonError } from '../force-areas/geojson.ts';
import { readForceAreas } from '../force-areas/read-force-areas.ts';
import { openDatabase } from '../store/database.ts';
import { selectForceAreas } from '../store/force-area-store.ts';
import type { BacktestArguments } from './backtest-arguments.ts';
import { CommandError } from './run-command.ts';
import { NothingRunning, runningDatabaseUrl } from './running-services.ts';

export interface BacktestArea {
  forces: ForceSlug[];
  cells: Cell[];
}

// Snap points and addresses near a border fall into the neighbour's area.
const FEWEST_SHARE = 0.01;

/**
 * Of the incidents known before the test. Undefined where no areas are given or imported, or most incidents lie
 * outside them: then the cells with an incident before the training period serve. `tell` hears why imported areas
 * could not be had. Throws `CommandError` for a file that cannot be read.
 */
export async function backtestArea(
  { forceAreas, span }: Pick<BacktestArguments, 'forceAreas' | 'span'>,
  incidents: readonly KnownIncident[],
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  tell: (line: string) => void,
): Promise<BacktestArea | undefined> {
  if (forceAreas === 'none') return undefined;
  const areas =
    forceAreas === undefined ? await importedAreas(config, tell) : await readAreas(forceAreas.file);
  const earlier = incidents.filter(({ knownAtMs }) => knownAtMs < span.fromMs);
  const index = new AreaIndex(areas);
  const counts = new Map<Force, number>();
  for (const { place } of earlier) {
    const force = place === undefined ? UNASSIGNED : index.forceAt(...place);
    counts.set(force, (counts.get(force) ?? 0) + 1);
  }
  if ((counts.get(UNASSIGNED) ?? 0) > earlier.length / 2 || areas.length === 0) return undefined;
  const own = areas.filter(({ force }) => (counts.get(force) ?? 0) >= FEWEST_SHARE * earlier.length);
  return { forces: own.map(({ force }) => force), cells: own.flatMap(({ polygons }) => cellsOf(polygons)) };
}

async function readAreas(file: string): Promise<ForceArea[]> {
  try {
    return readForceAreas(await readFile(file, 'utf8'));
  } catch (cause) {
    const isExpected = cause instanceof GeoJsonError || (cause instanceof Error && 'code' in cause);
    if (!isExpected) throw cause;
    throw new CommandError(`--force-areas ${file}: ${cause.message}`, { cause });
  }
}

async function importedAreas(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  tell: (line: string) => void,
): Promise<ForceArea[]> {
  let url: string;
  try {
    url = runningDatabaseUrl(config);
  } catch (error) {
    if (error instanceof NothingRunning) return [];
    throw error;
  }
  const database = openDatabase({ url, name: 'backtest', connections: 1 });
  try {
    return await selectForceAreas(database);
  } catch (error) {
    // A database that is down, or that nobody has migrated yet, has no say in a backtest of a file.
    tell(
      `force areas could not be asked for, so the cells with incidents serve: ${(error as Error).message}`,
    );
    return [];
  } finally {
    await database.end();
  }
}
