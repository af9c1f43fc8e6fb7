/** The frame of every command: what its user reads when it fails, and how it is asked to stop. */
import { ConfigError } from '../config.ts';
import { PublishError } from '../feeds/incident-publisher.ts';
import { NatsUnreachable } from '../feeds/nats-connection.ts';
import { RecordingError } from '../feeds/recordings/recording-error.ts';
import { LocalServiceError } from '../local-services/local-service-error.ts';
import { PortTaken } from '../port.ts';
import { NoSuchPlace } from '../simulator/places.ts';
import { MigrationError } from '../store/migration-files.ts';
import { NothingRunning } from './running-services.ts';

/** A command's own expected failure: its message is one line for the user. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The command was called wrongly: its usage is printed below the message. */
export class UsageError extends CommandError {}

const EXPECTED = [
  CommandError,
  ConfigError,
  LocalServiceError,
  MigrationError,
  NatsUnreachable,
  NoSuchPlace,
  NothingRunning,
  PortTaken,
  PublishError,
  RecordingError,
];
/** One press of Ctrl-C arrives up to three times: from the terminal, from npm, from setup.mjs. */
const SAME_PRESS_MS = 1_000;

/** Prints one plain line about what takes time. */
export function report(line: string): void {
  console.log(line);
}

/**
 * Runs a command to its end and exits with the code that it returns (0 where none). `signal` aborts at
 * the first Ctrl-C, for an orderly end; a second press ends the process at once. An expected failure
 * is printed as one line, a wrong call with `usage` below it, any other failure with its stack.
 */
export async function runCommand(
  usage: string,
  command: (signal: AbortSignal) => Promise<number | undefined> | Promise<void>,
): Promise<never> {
  try {
    process.exit((await command(stopRequest())) ?? 0);
  } catch (error) {
    if (error instanceof UsageError || isWrongOption(error))
      console.error(`${error.message}\nUsage: ${usage}`);
    else if (error instanceof Error && EXPECTED.some((kind) => error instanceof kind))
      console.error(error.message);
    else console.error(error);
    process.exit(1);
  }
}

/** `parseArgs` of node:util says in its message which option is wrong. */
function isWrongOption(error: unknown): error is Error {
  return (
    error instanceof TypeError && ((error as NodeJS.ErrnoException).code ?? '').startsWith('ERR_PARSE_ARGS')
  );
}

function stopRequest(): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!controller.signal.aborted) {
        firstAt = performance.now();
        controller.abort();
      } else if (performance.now() - firstAt > SAME_PRESS_MS) {
        process.exit(130);
      }
    });
  }
  return controller.signal;
}
