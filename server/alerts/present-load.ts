/** How much a force's people are called with at present. */
import type { Force } from '../../shared/force.ts';
import { countAlertsSince, countPresent } from '../store/alert-store.ts';
import type { Database } from '../store/database.ts';
import { RATE_WINDOW_MS, type Load } from './discipline.ts';

export async function loadOf(database: Pick<Database, 'query'>, force: Force, nowMs: number): Promise<Load> {
  return {
    ...(await countAlertsSince(database, force, nowMs - RATE_WINDOW_MS)),
    dispatchers: await countPresent(database, force),
  };
}
