/** What may stand in a display, and what an area's text means. */
import { describe, expect, it } from 'vitest';
import { boundsOf, isWithin, middleOf, readArea, type DrawnArea } from '../../shared/display-area.ts';
import { viewFault, type DisplayView } from '../../shared/display.ts';
import { cellAt } from '../../shared/cell.ts';

const drawn = (text: string): DrawnArea => {
  const area = readArea(text);
  if ('fault' in area || area.kind === 'force') throw new Error(`no drawn area: ${text}`);
  return area;
};

describe('an area', () => {
  it('is a force, a circle, a box or a cell', () => {
    expect(readArea('kent')).toEqual({ kind: 'force', force: 'kent' });
    expect(readArea('51.5,-0.12,1500')).toEqual({
      ...{ kind: 'circle', lat: 51.5, lon: -0.12, radiusMetres: 1_500 },
    });
    expect(readArea('-0.2,51.4,0.1,51.6')).toEqual({
      ...{ kind: 'box', west: -0.2, south: 51.4, east: 0.1, north: 51.6 },
    });
    expect(readArea('89194ad30c3ffff')).toEqual({ kind: 'cell', cell: '89194ad30c3ffff' });
  });

  it.each([
    ['', 'no-area'],
    ['atlantis', 'no-area'],
    ['unassigned', 'no-area'],
    ['51.5', 'no-area'],
    ['51.5,-0.12', 'no-area'],
    ['51.5,-0.12,1e3', 'no-area'],
    ['51.5,,1500', 'no-area'],
    ['91,0,1500', 'latitude'],
    ['51,181,1500', 'longitude'],
    ['51.5,-0.12,99', 'radius'],
    ['51.5,-0.12,100001', 'radius'],
    ['0.1,51.4,-0.2,51.6', 'box'],
    ['-0.2,51.6,0.1,51.6', 'box'],
  ])('is not %j, and the fault is named: %s', (text, fault) => {
    expect(readArea(text)).toEqual({ fault });
  });

  it('holds what lies in it', () => {
    const circle = drawn('51.5,-0.12,1500');
    expect(isWithin(circle, 51.5, -0.12)).toBe(true);
    // 1,390 m and 1,557 m east.
    expect(isWithin(circle, 51.5, -0.1)).toBe(true);
    expect(isWithin(circle, 51.5, -0.0975)).toBe(false);
    const box = drawn('-0.2,51.4,0.1,51.6');
    expect([isWithin(box, 51.5, 0.05), isWithin(box, 51.5, 0.15), isWithin(box, 51.61, 0)]).toEqual([
      ...[true, false, false],
    ]);
    const cell = drawn(cellAt(51.5, -0.12));
    expect([isWithin(cell, 51.5, -0.12), isWithin(cell, 51.51, -0.12)]).toEqual([true, false]);
  });

  it.each(['51.5,-0.12,1500', '-0.2,51.4,0.1,51.6', '89194ad30c3ffff'])(
    'has bounds about its middle: %s',
    (text) => {
      const area = drawn(text);
      const { south, west, north, east } = boundsOf(area);
      const [latitude, longitude] = middleOf(area);
      expect(latitude > south && latitude < north && longitude > west && longitude < east).toBe(true);
    },
  );

  it('has bounds that reach a circle’s radius to every side', () => {
    const circle = drawn('51.5,-0.12,1500');
    const { north, east } = boundsOf(circle);
    expect(isWithin(circle, north - 1e-6, -0.12)).toBe(true);
    expect(isWithin(circle, north + 1e-6, -0.12)).toBe(false);
    expect(isWithin(circle, 51.5, east - 1e-6)).toBe(true);
    expect(isWithin(circle, 51.5, east + 1e-6)).toBe(false);
  });
});

describe('views', () => {
  it('are right where each says what its role needs', () => {
    const views: DisplayView[] = [
      { role: 'force' },
      { role: 'force', force: 'kent' },
      { role: 'area', area: '51.5,-0.12,1500', name: 'Harbour' },
      { role: 'alerts' },
      { role: 'scorecard', force: 'kent' },
      { role: 'national' },
    ];
    expect(viewFault(views)).toBeUndefined();
  });

  it.each<[DisplayView, string]>([
    [{ role: 'area' }, 'area-missing'],
    [{ role: 'area', area: 'atlantis' }, 'no-area'],
    [{ role: 'force', area: 'kent' }, 'area-of-another-role'],
    [{ role: 'alerts', name: 'Harbour' }, 'area-of-another-role'],
    [{ role: 'national', force: 'kent' }, 'force-of-another-role'],
    [{ role: 'area', area: 'kent', force: 'kent' }, 'force-of-another-role'],
  ])('are wrong where one does not: %o', (view, fault) => {
    expect(viewFault([{ role: 'force' }, view])).toEqual({ index: 1, fault });
  });
});
