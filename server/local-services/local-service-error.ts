/** Says in one line why a database or a nats-server could not be provided; commands print it and stop. */

export class LocalServiceError extends Error {
  override readonly name = 'LocalServiceError';

  constructor(line: string, options?: ErrorOptions) {
    super(line.replaceAll(/\s+/g, ' ').trim(), options);
  }
}

/** The reason in an unknown error, for the tail of a line. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
