/** Local services as commands meet them: shared, kept, and gone when nobody needs them, however that came. */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startLocalServices } from '../../server/local-services/local-services.ts';
import { isRunning } from '../../server/local-services/stale-process.ts';
import { openConnection } from '../../server/store/database.ts';
import type { Borrowed } from '../support/service-borrower.ts';
import { until } from '../support/until.ts';

const BORROWER = resolve(import.meta.dirname, '../support/service-borrower.ts');

let dataDir: string;
const borrowers = new Set<ChildProcess>();

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'forewatch-services-'));
  chmodSync(dataDir, 0o755);
});

afterEach(async () => {
  for (const borrower of borrowers) borrower.kill('SIGKILL');
  borrowers.clear();
  await until(runningPids, (pids) => pids.length === 0);
  rmSync(dataDir, { recursive: true });
});

interface Borrower {
  process: ChildProcess;
  reports: string[];
  outcome: Promise<Exclude<Borrowed, { kind: 'report' }>>;
  stop(): Promise<void>;
}

function borrow(folder = dataDir): Borrower {
  const child = fork(BORROWER, [folder], { execArgv: [] });
  borrowers.add(child);
  const reports: string[] = [];
  const outcome = new Promise<Exclude<Borrowed, { kind: 'report' }>>((found, lost) => {
    child.on('message', (message) => {
      const borrowed = message as Borrowed;
      if (borrowed.kind === 'report') reports.push(borrowed.line);
      else found(borrowed);
    });
    child.once('exit', () => {
      lost(new Error('the borrower ended'));
    });
  });
  const stop = async (): Promise<void> => {
    child.send('stop');
    await once(child, 'exit');
    borrowers.delete(child);
  };
  return { process: child, reports, outcome, stop };
}

async function addresses(borrower: Borrower): Promise<{ databaseUrl: string; natsUrl: string }> {
  const outcome = await borrower.outcome;
  if (outcome.kind !== 'ready') throw new Error(outcome.line);
  return outcome;
}

/** Of the guard and both servers, as their own files name them. */
function runningPids(): number[] {
  const first = (file: string): number =>
    existsSync(join(dataDir, file)) ? Number.parseInt(readFileSync(join(dataDir, file), 'utf8'), 10) : 0;
  const pids = [guardPid() ?? 0, first('postgres/postmaster.pid'), first('nats.pid')];
  return pids.filter((pid) => pid > 0 && isRunning(pid));
}

function guardPid(): number | undefined {
  const file = join(dataDir, 'guard.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid : undefined;
}

async function leaveTraces({
  databaseUrl,
  natsUrl,
}: {
  databaseUrl: string;
  natsUrl: string;
}): Promise<void> {
  const database = await openConnection(databaseUrl, 'tests');
  await database.query('create table kept as select 7 as n');
  await database.end();
  const nats = await connect({ servers: natsUrl });
  await (await jetstreamManager(nats)).streams.add({ name: 'KEPT', subjects: ['kept'] });
  await jetstream(nats).publish('kept', 'a message');
  await nats.close();
}

async function findTraces(found: { databaseUrl: string; natsUrl: string }): Promise<unknown> {
  const database = await openConnection(found.databaseUrl, 'tests');
  const { rows } = await database.query<{ n: number }>('select n from kept');
  await database.end();
  const nats = await connect({ servers: found.natsUrl });
  const { state } = await (await jetstreamManager(nats)).streams.info('KEPT');
  await nats.close();
  return { rows, messages: state.messages };
}

const TRACES = { rows: [{ n: 7 }], messages: 1 };

test('two commands that ask at once share one database and one nats-server', async () => {
  const one = borrow();
  const other = borrow();
  expect(await addresses(one)).toEqual(await addresses(other));
  expect(runningPids()).toHaveLength(3);

  await one.stop();
  await leaveTraces(await addresses(other));

  await other.stop();
  expect(runningPids()).toEqual([]);
});

test('what was stored is there at the next start', async () => {
  const first = borrow();
  await leaveTraces(await addresses(first));
  await first.stop();
  const second = borrow();
  expect(await findTraces(await addresses(second))).toEqual(TRACES);
  await second.stop();
});

test('when the only command is killed, its services stop by themselves', async () => {
  const killed = borrow();
  await leaveTraces(await addresses(killed));
  killed.process.kill('SIGKILL');
  await until(runningPids, (pids) => pids.length === 0);
  const next = borrow();
  expect(await findTraces(await addresses(next))).toEqual(TRACES);
  await next.stop();
});

test('when guard and command are both killed, the next command replaces what they left running', async () => {
  const killed = borrow();
  await leaveTraces(await addresses(killed));
  process.kill(guardPid() ?? 0, 'SIGKILL');
  killed.process.kill('SIGKILL');
  await until(
    () => isRunning(guardPid() ?? 0),
    (running) => !running,
  );
  const orphans = runningPids();
  expect(orphans).toHaveLength(2);

  const next = borrow();
  expect(await findTraces(await addresses(next))).toEqual(TRACES);
  expect(orphans.filter(isRunning)).toEqual([]);
  await next.stop();
  expect(runningPids()).toEqual([]);
});

test('a stranger that got the process id of a dead server is left alone', async () => {
  const first = borrow();
  await addresses(first);
  await first.stop();
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(stranger, 'spawn');
  writeFileSync(join(dataDir, 'nats.pid'), String(stranger.pid));
  writeFileSync(join(dataDir, 'postgres/postmaster.pid'), `${stranger.pid}\n`);
  const next = borrow();
  await addresses(next);
  expect(isRunning(stranger.pid ?? 0)).toBe(true);
  await next.stop();
  stranger.kill();
});

test('a database that is killed comes back at the same address', async () => {
  const borrower = borrow();
  const found = await addresses(borrower);
  await leaveTraces(found);
  process.kill(
    Number.parseInt(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10),
    'SIGKILL',
  );
  const rows = await until(
    () => findTraces(found).catch(() => undefined),
    (traces) => traces !== undefined,
  );
  expect(rows).toEqual(TRACES);
  expect(borrower.reports).toContainEqual(expect.stringContaining('PostgreSQL has ended unexpectedly'));
  await borrower.stop();
});

test('a data folder that cannot be written is refused in one line', async () => {
  const file = join(dataDir, 'file');
  writeFileSync(file, '');
  const borrower = borrow(join(file, 'below'));
  expect(await borrower.outcome).toMatchObject({
    kind: 'refused',
    name: 'LocalServiceError',
    line: expect.stringMatching(/^the data folder \S+ can't be written \(DATA_DIR\): .*$/),
  });
});

// Node's own recursive mkdir never ends there.
test.runIf(existsSync('/proc/self'))('a data folder below /proc is refused too', async () => {
  const { message } = await startLocalServices(
    { databaseUrl: undefined, natsUrls: undefined, dataDir: '/proc/forewatch-nowhere' },
    () => undefined,
  ).then(
    () => new Error('it was made'),
    (error: unknown) => error as Error,
  );
  expect(message).toMatch(/^the data folder \S+ can't be written \(DATA_DIR\)/);
});

test('a database made by another version is refused in its own words', async () => {
  const first = borrow();
  await addresses(first);
  await first.stop();
  writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '12\n');
  const next = borrow();
  expect(await next.outcome).toMatchObject({
    kind: 'refused',
    line: expect.stringMatching(/^PostgreSQL did not start: database files are incompatible with server$/),
  });
});
