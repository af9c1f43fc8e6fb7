/** One server as a child process, with its output in a log file and an orderly end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { LocalServiceError } from './local-service-error.ts';
import { until } from './until.ts';

const STOP_LIMIT_MS = 30_000;

export interface Launch {
  command: string;
  args: string[];
  logFile: string;
  /** Whom the process runs as, where not as ourselves. */
  uid?: number;
  gid?: number;
  /** What the program takes for a request to end in order. */
  stopSignal: NodeJS.Signals;
}

export interface ServiceProcess {
  readonly pid: number;
  /** Resolves when the process is gone, whatever ended it. */
  readonly exited: Promise<void>;
  hasExited(): boolean;
  /** Asks it to end in order, and kills it where it does not within half a minute. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

/** Throws `LocalServiceError` where the program can't be started at all. */
export async function launch({
  command,
  args,
  logFile,
  stopSignal,
  ...account
}: Launch): Promise<ServiceProcess> {
  const log = openSync(logFile, 'w', 0o600);
  // A group of its own: Ctrl-C in the terminal must reach the command, not the servers it still needs.
  const child = spawn(command, args, { ...account, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw new LocalServiceError(`${command} could not be started`, { cause });
  }
  const pid = child.pid ?? 0;
  const hasExited = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    exited: ended,
    hasExited,
    stop: async () => {
      child.kill(stopSignal);
      if (!(await until(hasExited, STOP_LIMIT_MS))) child.kill('SIGKILL');
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The last line of a log that tells of a failure, without its prefix; empty where there is none. */
export function lastComplaint(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').split('\n');
  const complaint = lines.findLast((line) => /FATAL|PANIC|ERROR|\[FTL\]|\[ERR\]|error:/i.test(line)) ?? '';
  return complaint.replace(/^.*?(FATAL:|PANIC:|ERROR:|\[FTL\]|\[ERR\]|error:)\s*/i, '');
}
