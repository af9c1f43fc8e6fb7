/** `npm run simulate`: publishes a seeded, self-exciting city to NATS until it is stopped. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { connectNats } from '../feeds/nats-connection.ts';
import { publishCity } from '../simulator/publish-city.ts';
import { truthFile } from '../simulator/truth.ts';
import { parsePositive } from './command-options.ts';
import { report, runCommand } from './run-command.ts';
import { runningNatsUrls } from './running-services.ts';
import { parseSimulation, SIMULATION_OPTIONS, SIMULATION_USAGE } from './simulation-options.ts';

const USAGE = `npm run simulate [-- --rate PER_SECOND --seed N and others]
${SIMULATION_USAGE}`;

await runCommand(USAGE, async (signal) => {
  const { values } = parseArgs({
    options: { rate: { type: 'string', default: '50' }, ...SIMULATION_OPTIONS },
    allowNegative: true,
  });
  const clock = systemClock();
  const ratePerSecond = parsePositive('rate', values.rate);
  const { seed, city, patrols } = parseSimulation(values, clock.now());
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
      clock,
      seed,
      ratePerSecond: () => ratePerSecond,
      city: { ...city, ...(values.truth !== undefined && { onTruth: newFile(values.truth) }) },
      patrols,
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

/** The truth of an earlier run under the same name would be another city's. */
function newFile(name: string): ReturnType<typeof truthFile> {
  const path = resolve(name);
  const write = truthFile(path);
  writeFileSync(path, '');
  return write;
}
