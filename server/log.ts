/** The log: one JSON object per line, with the time, the level and what happened. */
import { pino, type Logger } from 'pino';
import type { LogLevel } from './config.ts';

export type Log = Logger;

/** Writes to standard error, so that what a command prints for its user stays readable on standard output. */
export function createLog(level: LogLevel): Log {
  return pino(
    { level, base: { pid: process.pid }, formatters: { level: (label) => ({ level: label }) } },
    pino.destination({ dest: 2, sync: true }),
  );
}
