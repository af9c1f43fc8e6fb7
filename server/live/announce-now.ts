/** Announces at once what a request has changed, so that other screens need not wait for the next turn of the outbox. */
import type { Services } from '../services.ts';
import { drainOutbox } from './outbox.ts';

/** Should this fail, a stage announces it a second later: what was asked for has been done. */
export async function announceNow({
  database,
  live,
  log,
}: Pick<Services, 'database' | 'live' | 'log'>): Promise<void> {
  await drainOutbox(database, live).catch((error: unknown) => {
    log.warn({ err: error }, 'a change is announced late');
  });
}
