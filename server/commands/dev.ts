/** `npm run dev`: the server on local services, started anew when its code changes, and the client with hot reload. */
import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { createServer } from 'vite';
import { readConfig } from '../config.ts';
import { untilAborted } from '../until-aborted.ts';
import { report, runCommand } from './run-command.ts';

const ROOT = resolve(import.meta.dirname, '../..');

void runCommand('npm run dev', async (signal) => {
  readConfig();
  const demo = spawn(process.execPath, ['--watch', resolve(import.meta.dirname, 'demo.ts')], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  const client = await createServer({ configFile: resolve(ROOT, 'vite.config.ts') });
  await client.listen();
  report(`The client with hot reload: ${client.resolvedUrls?.local[0] ?? ''}`);
  await Promise.race([untilAborted(signal), ended(demo)]);
  await client.close();
  demo.kill('SIGINT');
  await ended(demo);
});

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
}
