/** Runs a command of the project to its end, as its user would, and gives what it said. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

export interface CommandResult {
  code: number | null;
  out: string[];
  err: string[];
}

/** @param name of a file in server/commands */
export async function runCommand(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CommandResult> {
  const script = resolve(import.meta.dirname, `../../server/commands/${name}.ts`);
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  const lines = (told: string): string[] => told.split('\n').filter((line) => line !== '');
  return { code: code as number | null, out: lines(out), err: lines(err) };
}
