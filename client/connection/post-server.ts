/** Sends the server something to be done by HTTP; what can go wrong is an answer too. */
import type { Answer } from '../state/answer.ts';

const TIMEOUT_MS = 10_000;

export async function postServer<Value>(path: string, body: object): Promise<Answer<Value>> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const content = (await response.json()) as unknown;
    if (response.ok) return { kind: 'answered', value: content as Value };
    // RFC 9457: `detail` says what happened this time.
    const { detail } = (content ?? {}) as { detail?: unknown };
    return {
      ...{ kind: 'refused', status: response.status },
      reason: typeof detail === 'string' ? detail : String(response.status),
    };
  } catch {
    return { kind: 'unreachable' };
  }
}
