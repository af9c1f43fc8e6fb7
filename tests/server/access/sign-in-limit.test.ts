/** Guessing a password is slow; signing in is not. */
import { beforeEach, describe, expect, it } from 'vitest';
import { SignInLimit } from '../../../server/access/sign-in-limit.ts';

const MINUTE_MS = 60_000;
let nowMs: number;
let limit: SignInLimit;

beforeEach(() => {
  nowMs = 1_000_000;
  limit = new SignInLimit(() => nowMs);
});

const fail = (name: string, times: number): void => {
  for (let attempt = 0; attempt < times; attempt++) limit.failed(name);
};

describe('the limit on signing in', () => {
  it('lets five wrong passwords pass, then makes that name wait, and no other', () => {
    fail('one', 4);
    expect(limit.waitSeconds('one')).toBe(0);
    fail('one', 1);
    expect(limit.waitSeconds('one')).toBe(300);
    expect(limit.waitSeconds('other')).toBe(0);
  });

  it('tells how long is left, to the second, and then lets in', () => {
    fail('one', 5);
    nowMs += 4 * MINUTE_MS + 1;
    expect(limit.waitSeconds('one')).toBe(60);
    nowMs += MINUTE_MS - 1;
    expect(limit.waitSeconds('one')).toBe(0);
  });

  it('allows no more than five in any five minutes', () => {
    fail('one', 5);
    nowMs += 5 * MINUTE_MS + 1;
    fail('one', 1);
    expect(limit.waitSeconds('one')).toBe(0);
    fail('one', 4);
    expect(limit.waitSeconds('one')).toBe(300);
  });

  it('forgets the failures of somebody who signed in', () => {
    fail('one', 4);
    limit.succeeded('one');
    fail('one', 4);
    expect(limit.waitSeconds('one')).toBe(0);
  });

  it('forgets rather than grow without bound under names made up', () => {
    fail('one', 5);
    for (let name = 0; name < 9_999; name++) limit.failed(`made up ${name}`);
    expect(limit.waitSeconds('one')).toBe(300);
    limit.failed('one too many');
    expect(limit.waitSeconds('one')).toBe(0);
  });
});
