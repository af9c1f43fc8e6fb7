/** Asks the server for a change; what is refused comes back with the server's reason. */
export type Changed<Value> =
  { kind: 'done'; value: Value } | { kind: 'refused'; reason: string } | { kind: 'unreachable' };

const TIMEOUT_MS = 8_000;

/** @param timeoutMs what is known to take longer may be given more */
export async function changeServer<Value>(
  method: string,
  path: string,
  body?: object,
  timeoutMs = TIMEOUT_MS,
): Promise<Changed<Value>> {
  try {
    const response = await fetch(path, {
      method,
      signal: AbortSignal.timeout(timeoutMs),
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const content: unknown = response.status === 204 ? null : await response.json();
    if (response.ok) return { kind: 'done', value: content as Value };
    const { detail } = content as { detail?: unknown };
    return { kind: 'refused', reason: typeof detail === 'string' ? detail : String(response.status) };
  } catch {
    return { kind: 'unreachable' };
  }
}
