/** Ids: what is allowed stays, and no two texts share one. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { incidentIdOf } from '../../../../server/feeds/recordings/incident-id.ts';

it('leaves an allowed id as it is and escapes the rest', () => {
  expect(incidentIdOf('stl-14-005243-67601')).toBe('stl-14-005243-67601');
  expect(incidentIdOf('2014/7 é')).toBe('2014..2f7..20..c3..a9');
  expect(incidentIdOf('a..2f')).toBe('a..2e.2f');
});

it('is always a valid id, and never the same for two texts', () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom('.', '2', 'e', 'f', '/', 'h'), minLength: 1, maxLength: 8 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
  );
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(incidentIdOf(one)).toMatch(/^[A-Za-z0-9:._-]{1,128}$/);
      expect(incidentIdOf(one) === incidentIdOf(other)).toBe(one === other);
    }),
    { numRuns: 20_000, seed: 1 },
  );
});
