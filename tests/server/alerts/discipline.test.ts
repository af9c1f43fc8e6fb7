/** People are called with no more than they can take; what is urgent is never held back. */
import { describe, expect, it } from 'vitest';
import { isFlood, isHeldBack } from '../../../server/alerts/discipline.ts';

describe('an alert more', () => {
  it.each([
    ['low', { called: 0, raised: 0, dispatchers: 1 }, false],
    ['low', { called: 1, raised: 1, dispatchers: 1 }, true],
    ['low', { called: 1, raised: 1, dispatchers: 2 }, false],
    ['low', { called: 1, raised: 1, dispatchers: 0 }, true],
    ['medium', { called: 5, raised: 5, dispatchers: 1 }, false],
    ['medium', { called: 5, raised: 10, dispatchers: 1 }, true],
    ['high', { called: 50, raised: 80, dispatchers: 1 }, false],
  ] as const)('of %s priority at %j is held back: %s', (priority, load, is) => {
    expect(isHeldBack(priority, load)).toBe(is);
  });

  it('is a flood from ten in ten minutes on, held back or not', () => {
    expect([9, 10].map((raised) => isFlood({ raised }))).toEqual([false, true]);
  });
});
