/** The way from `npm run COMMAND` to the command, in a project that is as small as setup.mjs allows. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const SETUP = resolve(import.meta.dirname, '../../server/commands/setup.mjs');

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forewatch-setup-'));
  mkdirSync(join(root, 'server/commands'), { recursive: true });
  copyFileSync(SETUP, join(root, 'server/commands/setup.mjs'));
  // A package that brings "Node 24" without a registry.
  mkdirSync(join(root, 'pinned/bin'), { recursive: true });
  symlinkSync(process.execPath, join(root, 'pinned/bin/node'));
  lock('1.0.0');
  command('echo', 'console.log(JSON.stringify(process.argv.slice(2))); process.exit(7);');
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function lock(version: string): void {
  const dependencies = { node: 'file:pinned' };
  const packages = {
    '': { name: 'small', version: '1.0.0', dependencies },
    pinned: { name: 'node', version },
    'node_modules/node': { resolved: 'pinned', link: true },
  };
  json('pinned/package.json', { name: 'node', version });
  json('package.json', { name: 'small', version: '1.0.0', type: 'module', dependencies });
  json('package-lock.json', {
    name: 'small',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages,
  });
}

function json(file: string, content: unknown): void {
  writeFileSync(join(root, file), JSON.stringify(content));
}

function command(name: string, source: string): void {
  writeFileSync(join(root, `server/commands/${name}.ts`), source);
}

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [join(root, 'server/commands/setup.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function finish(child: ChildProcess): Promise<{ code: number | null; out: string[]; err: string[] }> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
  return { code, out: lines(out), err: lines(err) };
}

const ECHO = '["--speed","600","a b"]';

test('what is missing is installed once, and arguments and exit code are the command’s', async () => {
  const first = await finish(start('echo', '--speed', '600', 'a b'));
  expect(first).toMatchObject({ code: 7, err: [] });
  expect(first.out).toEqual([
    expect.stringMatching(/^Installing packages/),
    expect.stringMatching(/^Packages are installed \(\d+ s\)\.$/),
    ECHO,
  ]);
  expect(await finish(start('echo', '--speed', '600', 'a b'))).toEqual({ code: 7, out: [ECHO], err: [] });
});

test('packages are installed again when the lock file names another version', async () => {
  await finish(start('echo'));
  lock('1.1.0');
  expect((await finish(start('echo'))).out).toContainEqual(expect.stringMatching(/^Installing packages/));
  expect((await finish(start('echo'))).out).toEqual(['[]']);
});

test('two commands at once install once, and both run', async () => {
  const results = await Promise.all([finish(start('echo')), finish(start('echo'))]);
  expect(results.map(({ code }) => code)).toEqual([7, 7]);
  const installed = results
    .flatMap(({ out }) => out)
    .filter((line) => line.startsWith('Packages are installed'));
  expect(installed).toHaveLength(1);
});

test('an installation that fails says why in one line, and starts nothing', async () => {
  json('package.json', { name: 'small', version: '1.0.0', dependencies: { node: 'file:elsewhere' } });
  const { code, out, err } = await finish(start('echo'));
  expect(code).toBe(1);
  expect(err).toEqual([
    expect.stringMatching(/^The packages could not be installed: npm ci said .+ Nothing was started\.$/),
  ]);
  expect(out).not.toContain('[]');
});

test('an unknown command is refused in one line', async () => {
  expect(await finish(start('ech'))).toEqual({
    code: 1,
    out: [],
    err: ['There is no command "ech": the scripts in package.json list them all.'],
  });
});

test.each([
  ['SIGINT', 'process.exit(3)', 3],
  ['SIGTERM', 'process.exit(0)', 0],
] as const)('%s lets the command end in its own way', async (signal, end, code) => {
  command(
    'serve',
    `process.on('${signal}', () => ${end}); setInterval(() => {}, 1000); console.log('ready');`,
  );
  await finish(start('echo'));
  const child = start('serve');
  if (child.stdout !== null) await once(child.stdout, 'data');
  child.kill(signal);
  expect(await finish(child)).toMatchObject({ code });
});

test('a command that a signal ended ends with that signal’s code', async () => {
  command('die', "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);");
  await finish(start('echo'));
  expect(await finish(start('die'))).toMatchObject({ code: 137 });
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s reaches a command that was started by npm', async (signal) => {
  command(
    'start',
    `process.on('${signal}', () => { console.log('ended in order'); process.exit(0); });
     setInterval(() => {}, 1000); console.log('ready');`,
  );
  await finish(start('echo'));
  const { scripts } = JSON.parse(readFileSync(resolve(SETUP, '../../../package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  json('package.json', {
    ...{ name: 'small', version: '1.0.0', type: 'module', dependencies: { node: 'file:pinned' } },
    scripts,
  });
  const npm = spawn('npm', ['run', '--silent', 'start'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  await once(npm.stdout, 'data');
  npm.kill(signal);
  const { code, out } = await finish(npm);
  expect(out).toEqual(['ended in order']);
  expect(code).toBe(0);
});
