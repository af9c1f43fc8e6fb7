/** What a command and the guard of a data folder say to each other: JSON, one object per line. */
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

export type ServiceName = 'postgres' | 'nats';

/** The command's first and only word; the services stay for as long as its connection does. */
export interface Request {
  secret: string;
  needs: ServiceName[];
}

export type Answer =
  | { kind: 'report'; line: string }
  | { kind: 'ready'; urls: Partial<Record<ServiceName, string>> }
  | { kind: 'failed'; line: string };

/** Where a guard listens, as its file in the data folder says. */
export interface GuardAddress {
  pid: number;
  port: number;
  secret: string;
}

/** What a guard tells the command that started it, before it listens. */
export type GuardOutcome = { kind: 'listening' } | { kind: 'busy' } | { kind: 'failed'; line: string };

export function send(socket: Socket, message: Request | Answer): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}

/** Whoever says something else than JSON is no command of ours, and is cut off. */
export function onMessage(socket: Socket, handle: (message: unknown) => void): void {
  const lines = createInterface({ input: socket });
  // A connection that is reset has its own listener; readline would repeat the error without one.
  lines.on('error', () => socket.destroy());
  lines.on('line', (line) => {
    try {
      handle(JSON.parse(line));
    } catch {
      socket.destroy();
    }
  });
}

/** Files of the guard in the data folder. */
export const GUARD_FILES = { lock: 'guard.lock', address: 'guard.json', log: 'guard.log' } as const;
