/**
 * Runs a command: installs what is missing, then hands over to `<command>.ts` under the pinned Node.
 * Plain JavaScript, since it runs on whatever Node (20 or later) the machine has, before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const PINNED_NODE = join(ROOT, 'node_modules/node/bin/node');
const LOCK = join(ROOT, '.cache/installing');

const [command = '', ...args] = process.argv.slice(2);
const script = join(ROOT, 'server/commands', `${command}.ts`);

if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(`Forewatch needs Node 20 or later; this is ${process.version}.`);
}
if (!/^[a-z-]+$/.test(command) || !existsSync(script)) {
  stop(`There is no command "${command}": the scripts in package.json list them all.`);
}
await install();
await handOver();

/** Runs `npm ci` where the packages are not those of package-lock.json, one command at a time. */
async function install() {
  if (isInstalled()) return;
  await takeLock();
  try {
    if (isInstalled()) return;
    say('Installing packages; the first time this takes about a minute.');
    const began = performance.now();
    const { status, stderr, error } = npmCi();
    if (error !== undefined) stop(`npm can't be run (${error.message}): install npm and run this again.`);
    if (status !== 0)
      stop(`The packages could not be installed: npm ci said ${complaint(stderr)}. Nothing was started.`);
    if (!existsSync(PINNED_NODE)) {
      stop(
        "The packages' install scripts did not run, so Node 24 is missing: allow them (npm's ignore-scripts is set?).",
      );
    }
    say(`Packages are installed (${Math.round((performance.now() - began) / 1000)} s).`);
  } finally {
    rmSync(LOCK, { force: true });
  }
}

/**
 * Whether node_modules holds what package-lock.json says. npm keeps its own account of the folder, written
 * last, so this holds neither after an interrupted installation nor after a pull that changed a version.
 */
function isInstalled() {
  if (!existsSync(PINNED_NODE)) return false;
  const wanted = packagesOf(join(ROOT, 'package-lock.json'));
  const found = packagesOf(join(ROOT, 'node_modules/.package-lock.json'));
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || (found[path]?.version ?? (optional ? version : undefined)) === version,
  );
}

function packagesOf(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : {};
}

function npmCi() {
  // npm ci removes node_modules first, so npm must not run under the Node that lies in there.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(ROOT, 'node_modules')));
  return spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    // onnxruntime-node would fetch gigabytes for GPUs that the model does not use.
    env: { ...process.env, PATH: path.join(delimiter), ONNXRUNTIME_NODE_INSTALL: 'skip' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
}

/** What npm's error lines say, in one line without its prefixes. */
function complaint(stderr) {
  const lines = stderr.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim());
  const told = lines.filter((line) => line !== '' && !/^(A complete log|errno|syscall|path|$)/.test(line));
  return told.slice(0, 3).join('; ') || 'nothing';
}

async function takeLock() {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  for (let waiting = false; ; waiting = true) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') stop(`${ROOT} can't be written (${error.message}).`);
    }
    if (!isAlive(Number(readLock()))) rmSync(LOCK, { force: true });
    else if (!waiting) say('Waiting for another command that is installing packages.');
    await pause(300);
  }
}

function readLock() {
  try {
    return readFileSync(LOCK, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The command's arguments, streams, signals and exit code are its own: this process only stands aside. */
async function handOver() {
  const child = spawn(PINNED_NODE, [script, ...args], { cwd: ROOT, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => stop(`Node 24 can't be run (${error.message}).`));
  child.once('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}

function say(line) {
  console.log(line);
}

function stop(line) {
  console.error(line);
  process.exit(1);
}
