/** The latest incidents are those that a sort of all would give, in whatever order they come. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { insertNewest, newestFirst } from '../../shared/latest-incidents.ts';

// Few instants and few names, so that many come in the same moment.
const received = fc.record({
  receivedAt: fc.integer({ min: 0, max: 3 }).map((second) => `2026-03-01T12:00:0${second}.000Z`),
  agency: fc.constantFrom('police' as const, 'council' as const),
  feed: fc.constant('cad'),
  id: fc.integer({ min: 0, max: 99 }).map(String),
});

it('keeps the newest, and gives back what falls out', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(received, { selector: ({ agency, id }) => `${agency} ${id}`, maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (incidents, limit) => {
        const list: typeof incidents = [];
        const dropped = incidents.flatMap((incident) => insertNewest(list, incident, limit) ?? []);
        expect(list).toEqual(incidents.toSorted(newestFirst).slice(0, limit));
        expect([...list, ...dropped].toSorted(newestFirst)).toEqual(incidents.toSorted(newestFirst));
      },
    ),
  );
});
