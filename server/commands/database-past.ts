/** Reads a force's own past from the database, for commands that train a model on it or judge one by it. */
import type { KnownIncident } from '../../models/features/counted-incident.ts';
import { FORCES_AND_UNASSIGNED } from '../../shared/force.ts';
import type { Config } from '../config.ts';
import { openDatabase } from '../store/database.ts';
import { readStoredPast } from '../store/stored-past.ts';
import { UsageError } from './run-command.ts';
import { runningDatabaseUrl } from './running-services.ts';

/** Years of a large force are sorted before the first row comes. */
const LONGEST_STATEMENT_MS = 1_800_000;

export interface DatabasePastOptions {
  /** A force's slug; every force's incidents where absent. */
  force?: string | undefined;
  onRead?: (rows: number) => void;
}

/** As known at `untilMs`. Throws `UsageError` where there is no such force, `NothingRunning` where no database is named. */
export async function pastFromDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  untilMs: number,
  { force, onRead }: DatabasePastOptions,
): Promise<KnownIncident[]> {
  const known = FORCES_AND_UNASSIGNED.find((slug) => slug === force);
  if (force !== undefined && known === undefined) throw new UsageError(`--force ${force} is no force’s slug`);
  const database = openDatabase({
    url: runningDatabaseUrl(config),
    name: 'past',
    connections: 1,
    longestStatementMs: LONGEST_STATEMENT_MS,
  });
  try {
    return await readStoredPast(database, untilMs, { force: known, ...(onRead && { onRead }) });
  } finally {
    await database.end();
  }
}
