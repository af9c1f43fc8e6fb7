/** Keeps one stage running: starts it again after a failure, and says in health what keeps it from working. */
import type { FastifyBaseLogger } from 'fastify';
import type { Health } from './health.ts';
import { retrying } from './retry.ts';

export interface Stage {
  name: string;
  /** Runs until the signal is aborted; calls `working` once it does its job, with what is to be noticed all the same. */
  run: (signal: AbortSignal, working: (notice?: string) => void) => Promise<void>;
}

export interface Supervision {
  health: Health;
  log: FastifyBaseLogger;
}

/** Returns a function that stops the stage and waits until it has drained. */
export function supervise({ name, run }: Stage, { health, log }: Supervision): () => Promise<void> {
  const stop = new AbortController();
  health.bad(name, 'starting');
  const ended = retrying(
    async () => {
      await run(stop.signal, (notice) => {
        health.good(name, notice);
      });
      stop.signal.throwIfAborted();
      throw new Error('ended by itself');
    },
    {
      signal: stop.signal,
      onFailure: (error) => {
        if (stop.signal.aborted) return;
        health.bad(name, error);
        log.warn({ stage: name, err: error }, 'stage failed; starting it again');
      },
    },
  ).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  return async () => {
    stop.abort();
    await ended;
  };
}
