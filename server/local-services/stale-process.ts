/** Ends a server that a killed guard left behind, and never a stranger that has got its process id since. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { until } from './until.ts';

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

// A container's first process need not bury orphans; a dead one must not count as running.
function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** The whole command line of a process, empty where there is no such process or it may not be read. */
export function commandLine(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline')) {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    }
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/**
 * Ends the process named in the first line of `pidFile`, provided its command line holds `mark`
 * (a path below our data folder, which no other program's would). Returns whether it ended one.
 */
export async function endStale(pidFile: string, mark: string, signal: NodeJS.Signals): Promise<boolean> {
  if (!existsSync(pidFile)) return false;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  if (!(pid > 1) || !isRunning(pid) || !commandLine(pid).includes(mark)) return false;
  process.kill(pid, signal);
  if (!(await until(() => !isRunning(pid), 20_000))) process.kill(pid, 'SIGKILL');
  return until(() => !isRunning(pid), 5_000);
}
