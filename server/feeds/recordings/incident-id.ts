/** Any text as an incident id: allowed characters stay, others are escaped such that no two texts meet in one id. */
import { createHash } from 'node:crypto';

const LONGEST_ID = 128;
const ALLOWED = /^(?:[A-Za-z0-9:_-]|\.(?!\.))*$/;

/**
 * `..` begins an escape: `..2f` is the byte 2f of UTF-8, and a dot before another dot or an escape is
 * itself written `..2e`. What grows too long keeps its beginning and ends in `..h` and its SHA-256.
 */
export function incidentIdOf(text: string): string {
  if (ALLOWED.test(text) && text.length <= LONGEST_ID) return text;
  let id = '';
  // From the end, because a dot must know what follows it.
  for (const character of Array.from(text).reverse()) {
    const isPlain = /[A-Za-z0-9:_-]/.test(character) || (character === '.' && !id.startsWith('.'));
    id = (isPlain ? character : escaped(character)) + id;
  }
  if (id.length <= LONGEST_ID) return id;
  return `${id.slice(0, 48)}..h${createHash('sha256').update(text).digest('hex')}`;
}

function escaped(character: string): string {
  return [...Buffer.from(character, 'utf8')]
    .map((byte) => `..${byte.toString(16).padStart(2, '0')}`)
    .join('');
}
