/** Reads and changes the named displays, for those who may; what is refused comes back with the server's reason. */
import type { Display, NamedDisplay } from '../../shared/display.ts';
import { changeServer, type Changed } from './change-server.ts';

const DISPLAYS = '/api/displays';

export async function readDisplays(): Promise<Changed<NamedDisplay[]>> {
  const answer = await changeServer<{ displays: NamedDisplay[] }>('GET', DISPLAYS);
  return answer.kind === 'done' ? { kind: 'done', value: answer.value.displays } : answer;
}

export function putDisplay(name: string, display: Display): Promise<Changed<NamedDisplay>> {
  return changeServer('PUT', `${DISPLAYS}/${encodeURIComponent(name)}`, display);
}

export function deleteDisplay(name: string): Promise<Changed<null>> {
  return changeServer('DELETE', `${DISPLAYS}/${encodeURIComponent(name)}`);
}
