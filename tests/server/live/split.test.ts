/** Splitting keeps every item, in order, in parts below a limit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitByBytes } from '../../../server/live/split.ts';

describe('splitting by bytes', () => {
  it('keeps all items in order, each part below the limit unless one item alone is larger', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 30 })),
        fc.integer({ min: 10, max: 200 }),
        (items, limit) => {
          const parts = splitByBytes(items, limit);
          expect(parts.flat()).toEqual(items);
          for (const part of parts) {
            expect(part.length).toBeGreaterThan(0);
            const bytes = Buffer.byteLength(JSON.stringify(part)) - '[]'.length;
            if (part.length > 1) expect(bytes).toBeLessThanOrEqual(limit);
          }
        },
      ),
    );
  });

  it('makes no more parts than needed', () => {
    expect(splitByBytes(['aaaa', 'bbbb', 'cccc'], 14)).toEqual([['aaaa', 'bbbb'], ['cccc']]);
    expect(splitByBytes([], 10)).toEqual([]);
  });
});
