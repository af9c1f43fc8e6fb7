/** What the map's colours mean: classes of hotspots, density of heat, tops that do not waver. */
import { describe, expect, it } from 'vitest';
import { densityOf, highDensity, heatPlaces } from '../../../client/map/heat-points.ts';
import { heatMarks } from '../../../client/map/heat-scale.ts';
import { hotspotClasses, hotspotClassOf } from '../../../client/map/hotspot-scale.ts';
import { periodClasses, periodColourOf } from '../../../client/map/period-scale.ts';
import { roundUp, steadyTop } from '../../../client/map/steady-top.ts';
import { cellAreaSquareMetres, CELL_RESOLUTION, coarseCell } from '../../../shared/cell.ts';
import { CITY_CELL } from '../frames.ts';

describe('hotspot classes', () => {
  it('are five, named in expected incidents, from nothing up', () => {
    expect(hotspotClasses(3).map(({ from }) => from)).toEqual([0, 0.6, 1.2, 1.8, 2.4]);
  });

  it('hold each expectation in one class, beyond the top in the highest', () => {
    const classes = hotspotClasses(3);
    const from = (expected: number): number => hotspotClassOf(expected, classes).from;
    expect([0, 0.59, 0.6, 2.4, 99].map(from)).toEqual([0, 0, 0.6, 2.4, 2.4]);
  });
});

describe('the classes of a month', () => {
  it('are four, each twice as dense as the one before, and the lowest holds whatever there is', () => {
    const classes = periodClasses(400);
    expect(classes.map(({ from }) => from)).toEqual([0, 100, 200, 400].map((from) => from / 2));
    const densities = [0.1, 49, 51, 120, 5_000];
    const colours = classes.map(({ colour }) => colour);
    expect(densities.map((density) => colours.indexOf(periodColourOf(density, classes)))).toEqual([
      0, 0, 1, 2, 3,
    ]);
  });

  it('are of single cells: a month is known so finely and no finer', () => {
    const area = cellAreaSquareMetres(CITY_CELL) / 1e6;
    expect(densityOf(CITY_CELL, 3)).toBeCloseTo(3 / area);
    expect(highDensity(new Map([[CITY_CELL, 3]]), CELL_RESOLUTION)).toBeCloseTo(3 / area);
  });
});

describe('the top of a scale', () => {
  it.each([
    [0.7, 0.8],
    [1, 1],
    [1.01, 1.5],
    [23, 30],
    [0.034, 0.04],
    [99, 100],
  ])('of %f is the round %f', (value, top) => {
    expect(roundUp(value)).toBe(top);
  });

  it('stays while the highest value wavers, and moves when it leaves', () => {
    expect(steadyTop(4, 3.9)).toBe(4);
    expect(steadyTop(4, 2)).toBe(4);
    expect(steadyTop(4, 1.9)).toBe(2);
    expect(steadyTop(4, 4.1)).toBe(5);
    expect(steadyTop(undefined, 0)).toBe(1);
    expect(steadyTop(4, 0)).toBe(4);
  });
});

describe('heat', () => {
  it('has a legend that rises to the top of the scale in round numbers', () => {
    const marks = heatMarks(30);
    expect(marks.map(({ density }) => density)).toEqual([3, 7.5, 15, 30]);
    expect(marks.map(({ opacity }) => opacity)).toEqual(
      marks.map(({ opacity }) => opacity).sort((a, b) => a - b),
    );
    expect(marks.at(-1)?.opacity).toBeCloseTo(0.85);
  });

  it('spreads over its cell what is known only coarsely, and loses none of it', () => {
    const places = heatPlaces(new Map([[coarseCell(CITY_CELL), 14]]));
    expect(places.weight).toHaveLength(49);
    expect(places.weight.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(14);
    expect([...heatPlaces(new Map([[CITY_CELL, 3]])).weight]).toEqual([3]);
  });

  it('finds the density of the dense places', () => {
    const coarse = coarseCell(CITY_CELL);
    expect(highDensity(new Map([[coarse, 52]]))).toBeCloseTo(52 / (cellAreaSquareMetres(coarse) / 1e6));
    expect(highDensity(new Map())).toBe(0);
  });
});
