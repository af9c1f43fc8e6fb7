/** `npm test`: every static check and every test, on a real database, a real nats-server and a real browser. */
import { readConfig } from '../config.ts';
import { natsProgram } from '../local-services/nats-program.ts';
import { chromiumProgram } from './chromium.ts';
import { report, runCommand } from './run-command.ts';
import { runStages } from './stage.ts';
import { STATIC_CHECKS, TESTS } from './stages.ts';
import { verdict } from './verdict.ts';

await runCommand('npm test', async () => {
  if (readConfig().natsUrls === undefined) await natsProgram(report);
  await chromiumProgram(report);
  return verdict(await runStages([...STATIC_CHECKS, ...TESTS]));
});
