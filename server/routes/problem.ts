/** Errors as problem details (RFC 9457). */
import type { FastifyReply } from 'fastify';

/** An expected failure that the client is told of. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly statusCode: number;
  readonly retryAfterSeconds: number | undefined;

  constructor(statusCode: number, detail: string, retryAfterSeconds?: number) {
    super(detail);
    this.statusCode = statusCode;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Sign in first',
  403: 'Not permitted',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  429: 'Too many attempts',
  503: 'Not ready',
};

export function sendProblem(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return reply
    .status(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title: TITLES[status] ?? 'Internal error', status, detail });
}
