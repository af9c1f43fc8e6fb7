/** A part that is announced again is known, also after a restart. */
import { describe, expect, it } from 'vitest';
import { SeenBatches } from '../../../server/live/seen-batches.ts';

describe('seen batches', () => {
  it('know a part once it was there, and no other part of its batch', () => {
    const seen = new SeenBatches();
    expect(seen.isNew({ batch: 1, part: 0 })).toBe(true);
    expect(seen.isNew({ batch: 1, part: 0 })).toBe(false);
    expect(seen.isNew({ batch: 1, part: 1 })).toBe(true);
    expect(seen.isNew({ batch: 11, part: 0 })).toBe(true);
  });

  it('know every part of a batch that was read from the database', () => {
    const seen = new SeenBatches();
    seen.addBatch(5);
    expect(seen.isNew({ batch: 5, part: 0 })).toBe(false);
    expect(seen.isNew({ batch: 5, part: 9 })).toBe(false);
    expect(seen.isNew({ batch: 50, part: 0 })).toBe(true);
  });

  it('know the same after a checkpoint', () => {
    const seen = new SeenBatches();
    seen.addBatch(5);
    seen.isNew({ batch: 6, part: 2 });
    const again = new SeenBatches(JSON.parse(JSON.stringify(seen.names())) as string[]);
    expect(again.isNew({ batch: 5, part: 1 })).toBe(false);
    expect(again.isNew({ batch: 6, part: 2 })).toBe(false);
    expect(again.isNew({ batch: 6, part: 3 })).toBe(true);
  });

  it('forget the oldest beyond their limit', () => {
    const seen = new SeenBatches([], 3);
    for (const batch of [1, 2, 3, 4]) seen.addBatch(batch);
    expect(seen.names()).toEqual(['2', '3', '4']);
    expect(seen.isNew({ batch: 1, part: 0 })).toBe(true);
  });
});
