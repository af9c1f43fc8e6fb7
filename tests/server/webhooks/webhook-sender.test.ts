/** How a delivery goes on: waits that grow, and an end. */
import { expect, it } from 'vitest';
import { endOf, MOST_ATTEMPTS, waitMs } from '../../../server/webhooks/webhook-sender.ts';
import { signatureOf } from '../../../server/webhooks/post-signed.ts';

it('is tried again after waits that double up to ten minutes, nearly an hour in all', () => {
  const waits = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, done) => waitMs(done + 1));
  expect(waits.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(Math.max(...waits)).toBe(600_000);
  expect(waits.reduce((sum, wait) => sum + wait, 0) / 60_000).toBeCloseTo(57, 0);
});

it('ends when it was taken, or given up with its reason', () => {
  expect(endOf({ attempts: 1, ageMs: 0 }, undefined)).toEqual({ delivered: true });
  expect(endOf({ attempts: 3, ageMs: 0 }, 'answered 500')).toEqual({
    reason: 'answered 500',
    retryMs: 4_000,
  });
  expect(endOf({ attempts: MOST_ATTEMPTS, ageMs: 0 }, 'answered 500')).toEqual({
    reason: 'answered 500',
    dead: true,
  });
});

it('that waited an hour behind another is tried once: a dead webhook’s backlog ends, too', () => {
  const late = { attempts: 1, ageMs: 3_600_000 };
  expect(endOf(late, 'answered 500')).toEqual({ reason: 'answered 500', dead: true });
  expect(endOf(late, undefined)).toEqual({ delivered: true });
});

it('is signed over its time and its body', () => {
  const signed = { secret: 'a secret of some length', body: '<alert/>', nowMs: 1_772_400_000_900 };
  // Made with: printf '1772400000.<alert/>' | openssl dgst -sha256 -hmac 'a secret of some length'
  expect(signatureOf(signed)).toBe(
    't=1772400000,v1=05dc5fe84a869278ddd30ddf4b551e984df08eae495bd513e11b8cca2323e6b6',
  );
  expect(signatureOf({ ...signed, nowMs: signed.nowMs + 1_000 })).not.toBe(signatureOf(signed));
});
