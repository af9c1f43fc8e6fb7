/** `npm run demo`: everything on this machine, streaming a simulated city or a recording. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { readConfig, type Config } from '../config.ts';
import { checkPortFree } from '../port.ts';
import { serve } from '../serve.ts';
import { startLocalServices } from '../local-services/local-services.ts';
import { migrate } from '../store/migrate.ts';
import { prepareTimescale } from '../store/timescale.ts';
import { untilAborted } from '../until-aborted.ts';
import { buildClient } from './build-client.ts';
import { demoAccess, removeServicesFile, writeServicesFile } from './demo-access.ts';
import { streamRecording } from './demo-recording.ts';
import { streamSimulation } from './demo-simulation.ts';
import { parsePositive, parseSpeed, parseTimeZone } from './command-options.ts';
import { report, runCommand } from './run-command.ts';
import { parseSimulation, SIMULATION_OPTIONS, SIMULATION_USAGE } from './simulation-options.ts';

const USAGE = `npm run demo [-- --rate PER_SECOND --seed N and others]
${SIMULATION_USAGE}
       npm run demo -- --recording FILE [--speed 600] [--timezone Europe/London] [--map MAP.json]`;

const OPTIONS = {
  recording: { type: 'string' },
  speed: { type: 'string', default: '600' },
  timezone: { type: 'string' },
  map: { type: 'string' },
  rate: { type: 'string', default: '0.25' },
  ...SIMULATION_OPTIONS,
  // So that whoever watches for some hours sees what the wall says of a silent feed.
  outages: { type: 'string', default: '6' },
} as const;

await runCommand(USAGE, async (signal) => {
  const { values } = parseArgs({ options: OPTIONS, allowNegative: true });
  const { recording } = values;
  const config = demoConfig(recording !== undefined, values.timezone);
  const rate = parsePositive('rate', values.rate);
  const settings = parseSimulation(values, systemClock().now());
  await checkPortFree(config);
  // A recording has a past and a clock of its own: it must not meet the simulated city.
  const folder = recording === undefined ? 'simulated' : 'recorded';
  const local = await startLocalServices({ ...config, dataDir: join(config.dataDir, folder) }, report);
  try {
    await migrate(local.databaseUrl);
    report(await prepareTimescale(local.databaseUrl, config.archiveDays));
    await buildClient(report);
    const server = await serve(config, local);
    try {
      const access = await demoAccess(server.services.database);
      writeServicesFile(config.dataDir, { url: server.url, ...local, ...access });
      const stream = { config, server, signal, report };
      const streaming =
        recording === undefined
          ? streamSimulation({
              ...stream,
              rate,
              settings,
              truthPath: resolve(values.truth ?? join(config.dataDir, 'truth.ndjson')),
            })
          : streamRecording({
              ...stream,
              file: resolve(recording),
              speed: parseSpeed(values.speed),
              map: values.map,
              rejectedFolder: join(config.dataDir, 'rejected'),
            });
      report(`
  Forewatch is running on ${recording === undefined ? 'a SIMULATED city' : `the RECORDING ${recording}`}.

  Wall:     ${server.url}/wall#${access.wallToken}
  Desk:     ${server.url}/
  Sign in:  ${access.user}   password: ${access.password}

  Ctrl-C stops everything; the data stay in ${config.dataDir}.
`);
      // A recording that has ended leaves its last picture; the demo goes on until it is stopped.
      await Promise.all([streaming, untilAborted(signal)]).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
      report('Stopping.');
    } finally {
      removeServicesFile(config.dataDir);
      await server.stop();
    }
  } finally {
    await local.stop();
  }
});

function demoConfig(isRecording: boolean, timeZone: string | undefined): Config {
  const presumed = {
    ALLOW_ORIGINS: 'live,recorded,simulated',
    CLOCK: isRecording ? 'feed' : 'system',
    LOG_LEVEL: 'warn',
    ...(timeZone !== undefined && { TIME_ZONE: parseTimeZone(timeZone).name }),
  };
  return readConfig(undefined, presumed);
}
