/** Reads and changes the named displays, for those who may; what is refused comes back with the server's reason. */
import type { Display, NamedDisplay } from '../../shared/display.ts';

export type Changed<Value> =
  { kind: 'done'; value: Value } | { kind: 'refused'; reason: string } | { kind: 'unreachable' };

const TIMEOUT_MS = 8_000;

export async function readDisplays(): Promise<Changed<NamedDisplay[]>> {
  const answer = await ask<{ displays: NamedDisplay[] }>('GET', '');
  return answer.kind === 'done' ? { kind: 'done', value: answer.value.displays } : answer;
}

export function putDisplay(name: string, display: Display): Promise<Changed<NamedDisplay>> {
  return ask('PUT', `/${encodeURIComponent(name)}`, display);
}

export function deleteDisplay(name: string): Promise<Changed<null>> {
  return ask('DELETE', `/${encodeURIComponent(name)}`);
}

async function ask<Value>(method: string, path: string, body?: Display): Promise<Changed<Value>> {
  try {
    const response = await fetch(`/api/displays${path}`, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
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
