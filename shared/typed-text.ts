/** Text that people type: not empty, of a bounded length. */
import Type from 'typebox';

/** Without the character NUL, which PostgreSQL's text cannot hold. */
export function typedText(maxLength: number): Type.TString {
  return Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' });
}
