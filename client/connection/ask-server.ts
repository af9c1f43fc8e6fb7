/** Asks the server for something by HTTP; what can go wrong is an answer too. */
import type { Answer } from '../state/answer.ts';

const TIMEOUT_MS = 10_000;

/** @param signal ends the question, as unreachable: nobody waits for its answer any more */
export async function askServer<Value>(path: string, signal: AbortSignal): Promise<Answer<Value>> {
  try {
    const response = await fetch(path, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const content = (await response.json()) as unknown;
    if (response.ok) return { kind: 'answered', value: content as Value };
    return { kind: 'refused', status: response.status, reason: reasonIn(content) };
  } catch {
    return { kind: 'unreachable' };
  }
}

/** RFC 9457: `detail` says what happened this time. */
function reasonIn(content: unknown): string {
  const { detail } = (content ?? {}) as { detail?: unknown };
  return typeof detail === 'string' ? detail : '';
}
