/** `npm run screenshots [-- --out docs]`: the README's pictures, from a running wall and desk. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { takeScreenshots } from '../../tests/screenshots/take-screenshots.ts';
import { chromiumProgram } from './chromium.ts';
import { report, runCommand } from './run-command.ts';

void runCommand('npm run screenshots [-- --out docs]', async () => {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'docs' } } });
  const folder = resolve(values.out);
  mkdirSync(folder, { recursive: true });
  await takeScreenshots(folder, await chromiumProgram(report), report);
});
