/** `npm run migrate`: brings the database at DATABASE_URL up to date, and does nothing else. */
import { readConfig } from '../config.ts';
import { migrate } from '../store/migrate.ts';
import { CommandError, report, runCommand } from './run-command.ts';

await runCommand('DATABASE_URL=… npm run migrate', async () => {
  const { databaseUrl } = readConfig();
  if (databaseUrl === undefined) throw new CommandError('DATABASE_URL must name the database to migrate');
  const applied = await migrate(databaseUrl);
  for (const name of applied) report(`applied ${name}`);
  report(applied.length === 0 ? 'the database is up to date' : `${applied.length} migrations applied`);
  return 0;
});
