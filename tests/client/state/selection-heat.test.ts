/** The heat's window and weight go round by keys, and stand in the address. */
import { expect, it } from 'vitest';
import { Selection } from '../../../client/state/selection.svelte.ts';

it('goes round through all windows, and back to following the forecast', () => {
  const selection = new Selection('');
  const seen = Array.from({ length: 6 }, () => {
    selection.nextHeat();
    return selection.heatHours;
  });
  expect(seen).toEqual([1, 8, 24, 168, null, 1]);
});

it('goes round through all weights', () => {
  const selection = new Selection('');
  const seen = Array.from({ length: 3 }, () => {
    selection.nextWeight();
    return selection.heatWeight;
  });
  expect(seen).toEqual(['harm', 'even', 'recency']);
});

it('comes back from the address', () => {
  const selection = new Selection('?heat=168&weight=harm');
  expect([selection.heatHours, selection.heatWeight]).toEqual([168, 'harm']);
  expect(selection.query()).toContain('heat=168&weight=harm');
  expect(new Selection('?heat=5&weight=gold').query()).not.toMatch(/heat|weight/);
});
