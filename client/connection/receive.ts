/** Hands each frame of `/live` to the one function for its type; types of a later protocol are passed over. */
import type { ServerMessage } from '../../shared/messages.ts';

export type Handlers = {
  [Type in ServerMessage['type']]: (message: Extract<ServerMessage, { type: Type }>) => void;
};

/** A frame that is no JSON object: the socket carries something else than `/live`. */
export class UnreadableFrame extends Error {
  override name = 'UnreadableFrame';
}

/** False where the type is unknown. Throws `UnreadableFrame`, and whatever the handler throws. */
export function receive(text: string, handlers: Handlers): boolean {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch (cause) {
    throw new UnreadableFrame('a frame is no JSON', { cause });
  }
  if (typeof message !== 'object' || message === null || !('type' in message)) {
    throw new UnreadableFrame('a frame has no type');
  }
  const { type } = message;
  if (typeof type !== 'string' || !Object.hasOwn(handlers, type)) return false;
  // The table pairs each type with the handler of that very type, which the compiler cannot see through the look-up.
  const handle = handlers[type as ServerMessage['type']] as (message: unknown) => void;
  handle(message);
  return true;
}
