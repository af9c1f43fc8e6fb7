/** Few incidents are called few only where nothing is missing. */
import { expect, it } from 'vitest';
import { verdictOn } from '../../../client/state/against-normal.ts';
import type { AgainstNormal } from '../../../shared/normal.ts';

const normal = { expected: 100, lower: 90, upper: 110, lower95: 80, upper95: 120, weeks: 52 };
const judged = (
  reported: number | null,
  change: { allSpeak?: boolean; knownShare?: number; normal?: null } = {},
) => {
  const against: AgainstNormal = {
    ...{
      reported,
      normal: change.normal === null ? null : normal,
      reason: change.normal === null ? 'no-data' : null,
    },
  };
  return verdictOn({ against, allSpeak: true, knownShare: 1, ...change });
};

it('is more above the interval and fewer below it', () => {
  expect([111, 110, 90, 89].map((reported) => judged(reported))).toEqual(['more', 'usual', 'usual', 'fewer']);
});

it('is not fewer while a feed is silent, nor where late reports will make up for it', () => {
  expect(judged(50, { allSpeak: false })).toBe('unknown');
  expect(judged(120, { allSpeak: false })).toBe('more');
  expect(judged(80, { knownShare: 0.8 })).toBe('usual');
  expect(judged(40, { knownShare: 0.8 })).toBe('fewer');
});

it('is unknown without a normal, or without a feed', () => {
  expect(judged(50, { normal: null })).toBe('unknown');
  expect(judged(null)).toBe('unknown');
});
