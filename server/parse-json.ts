/** JSON from outside that may be none. */

/** The value, or `undefined` where the text is no JSON. */
export function parseJsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
