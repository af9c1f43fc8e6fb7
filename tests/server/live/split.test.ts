/** Splitting keeps every item, in order, in parts below a limit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitBySize } from '../../../server/live/split.ts';

describe('splitting by size', () => {
  it('keeps all items in order, each part below the limit unless one item alone is larger', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 30 })),
        fc.integer({ min: 10, max: 200 }),
        (items, limit) => {
          const parts = splitBySize(items, limit, ({ length }) => length);
          expect(parts.flat()).toEqual(items);
          for (const part of parts) {
            expect(part.length).toBeGreaterThan(0);
            if (part.length > 1) expect(part.join('').length).toBeLessThanOrEqual(limit);
          }
        },
      ),
    );
  });

  it('makes no more parts than needed', () => {
    expect(splitBySize(['aaaa', 'bbbb', 'cccc'], 8, ({ length }) => length)).toEqual([
      ['aaaa', 'bbbb'],
      ['cccc'],
    ]);
    expect(splitBySize([], 10, () => 1)).toEqual([]);
  });
});
