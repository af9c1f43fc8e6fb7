/** Packed messages come back whole and in the order in which they became known. */
import { expect, it } from 'vitest';
import { RecordedMessages } from '../../../../server/feeds/recordings/recorded-messages.ts';

it('gives back what was added, in known-at order, and nothing beyond', () => {
  const messages = new RecordedMessages();
  const cad = { agency: 'police', feed: 'cad' } as const;
  const wardens = { agency: 'council', feed: 'wardens' } as const;
  const count = 5_000; // more than the columns first hold
  for (let n = 0; n < count; n++) {
    messages.add((n * 7919) % 1_000, n % 2 === 0 ? cad : wardens, { n, text: 'é'.repeat(n % 50) });
  }
  expect(messages.count).toBe(count);
  let last = { knownAtMs: -1, n: -1 };
  for (let place = 0; place < count; place++) {
    const { knownAtMs, feed, payload } = messages.at(place);
    const { n, text } = JSON.parse(new TextDecoder().decode(payload)) as { n: number; text: string };
    expect(knownAtMs).toBe((n * 7919) % 1_000);
    expect(messages.knownAtMs(place)).toBe(knownAtMs);
    expect(feed).toEqual(n % 2 === 0 ? cad : wardens);
    expect(text).toHaveLength(n % 50);
    const isLater = knownAtMs > last.knownAtMs || (knownAtMs === last.knownAtMs && n > last.n);
    expect(isLater).toBe(true);
    last = { knownAtMs, n };
  }
  expect(messages.knownAtMs(count)).toBeNaN();
  expect(messages.knownAtMs(count + 1)).toBeNaN();
  expect(() => messages.at(count)).toThrow(RangeError);
});
