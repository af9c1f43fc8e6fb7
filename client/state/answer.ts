/** What came of a question to the server. */

/** `refused`: the server says no, and why. `unreachable`: no answer that could be read. */
export type Answer<Value> =
  | { kind: 'answered'; value: Value }
  | { kind: 'refused'; status: number; reason: string }
  | { kind: 'unreachable' };
