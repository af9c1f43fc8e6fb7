/** `npm start`: production. Brings the database up to date and serves. */
import { readConfig } from '../config.ts';
import { serve } from '../serve.ts';
import { migrate } from '../store/migrate.ts';
import { prepareTimescale } from '../store/timescale.ts';
import { untilAborted } from '../until-aborted.ts';
import { buildClient } from './build-client.ts';
import { CommandError, report, runCommand } from './run-command.ts';

void runCommand('npm start', async (signal) => {
  const config = readConfig();
  const { databaseUrl, natsUrls } = config;
  if (databaseUrl === undefined)
    throw new CommandError('DATABASE_URL is needed: npm start keeps its data there');
  if (natsUrls === undefined) throw new CommandError('NATS_URL is needed: npm start hears its feeds there');
  const applied = await migrate(databaseUrl);
  for (const name of applied) report(`applied ${name}`);
  report(await prepareTimescale(databaseUrl, config.archiveDays));
  if (config.roles.has('gateway')) await buildClient(report);
  const server = await serve(config, { databaseUrl, natsUrls });
  report(`Forewatch serves ${[...config.roles].join(', ')} at ${server.url}`);
  await untilAborted(signal);
  report('Stopping: what is in hand is finished first.');
  await server.stop();
});
