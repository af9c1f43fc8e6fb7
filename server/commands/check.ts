/** `npm run check`: what can be said without a server or a browser, for the time between two edits. */
import { runCommand } from './run-command.ts';
import { runStages } from './stage.ts';
import { STATIC_CHECKS, UNIT_TESTS } from './stages.ts';
import { verdict } from './verdict.ts';

await runCommand('npm run check', async () => verdict(await runStages([...STATIC_CHECKS, UNIT_TESTS])));
