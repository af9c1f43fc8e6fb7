/** A patrol's ping: the example in API.md is one, and nothing about a crew slips in. */
import { Compile } from 'typebox/compile';
import { expect, it } from 'vitest';
import { PatrolPing } from '../../shared/patrol.ts';
import { examplesOf } from '../support/api-document.ts';

const isPing = Compile(PatrolPing);
const PING = { unit: 'unit-12', at: '2026-03-01T21:42:00Z', lat: 51.5, lon: -0.12 };

it('is what API.md shows', () => {
  const examples = examplesOf('patrol');
  expect(examples.map(({ heading }) => heading)).toEqual(['patrols.v1.<force>']);
  expect(examples.map(({ value }) => isPing.Check(value))).toEqual([true]);
});

it.each<[unknown, string]>([
  [{ ...PING, crew: 'two' }, 'an unknown field'],
  [{ ...PING, unit: 'unit 12' }, 'a call sign with a blank'],
  [{ ...PING, at: '2026-03-01T21:42:00' }, 'a time without a zone'],
  [{ ...PING, lat: 91 }, 'a place that is none'],
  [{ unit: PING.unit, at: PING.at, lat: PING.lat }, 'no longitude'],
])('refuses %j: %s', (ping, _why) => {
  expect(isPing.Check(PING)).toBe(true);
  expect(isPing.Check(ping)).toBe(false);
});
