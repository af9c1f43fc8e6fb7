/** `npm run simulate`: publishes a seeded, self-exciting city to NATS until it is stopped. */
import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { connectNats } from '../feeds/nats-connection.ts';
import { publishCity } from '../simulator/publish-city.ts';
import { parsePositive } from './command-options.ts';
import { report, runCommand } from './run-command.ts';
import { runningNatsUrls } from './running-services.ts';

await runCommand('npm run simulate [-- --rate PER_SECOND --seed N]', async (signal) => {
  const { values } = parseArgs({
    options: { rate: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
  });
  const ratePerSecond = parsePositive('rate', values.rate);
  const seed = parsePositive('seed', values.seed);
  const config = readConfig();
  const connection = await connectNats({
    urls: runningNatsUrls(config),
    creds: config.natsCreds,
    name: 'forewatch simulate',
  });
  report(`Publishing ${ratePerSecond} simulated incidents a second (seed ${seed}). Ctrl-C stops.`);
  try {
    await publishCity({
      connection,
      signal,
      clock: systemClock(),
      seed,
      ratePerSecond: () => ratePerSecond,
      onWaiting: (reason) => {
        report(`Waiting: ${reason}`);
      },
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await connection.drain();
  }
});
