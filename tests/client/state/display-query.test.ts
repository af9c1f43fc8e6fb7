/** What a wall's address asks for, and what it is told where that cannot be shown. */
import { describe, expect, it } from 'vitest';
import { withScreenSettings } from '../../../client/screen-settings.ts';
import { readDisplayQuery } from '../../../client/state/display-query.ts';

const WHOLE = [{ role: 'force' }];

describe('an address', () => {
  it('shows the whole force where it asks for nothing', () => {
    expect(readDisplayQuery('')).toEqual({ name: null, display: { views: WHOLE }, faults: [] });
    expect(readDisplayQuery('?theme=burglary&horizon=24').display).toEqual({ views: WHOLE });
  });

  it.each([
    ['?role=force', [{ role: 'force' }]],
    ['?role=alerts', [{ role: 'alerts' }]],
    ['?role=scorecard', [{ role: 'scorecard' }]],
    ['?role=national', [{ role: 'national' }]],
    ['?role=area&area=kent', [{ role: 'area', area: 'kent' }]],
    [
      '?role=area&area=51.5,-0.12,1500&name=Harbour%20east',
      [{ role: 'area', area: '51.5,-0.12,1500', name: 'Harbour east' }],
    ],
  ])('asks for one role: %s', (query, views) => {
    expect(readDisplayQuery(query)).toEqual({ name: null, display: { views }, faults: [] });
  });

  it('rotates through views at its pace, each with its own area or force', () => {
    const query =
      '?rotate=force:kent,area:51.5,-0.12,1500:Harbour,area:89194ad30c3ffff,scorecard:kent,alerts&every=10';
    expect(readDisplayQuery(query)).toEqual({
      name: null,
      display: {
        views: [
          { role: 'force', force: 'kent' },
          { role: 'area', area: '51.5,-0.12,1500', name: 'Harbour' },
          { role: 'area', area: '89194ad30c3ffff' },
          { role: 'scorecard', force: 'kent' },
          { role: 'alerts' },
        ],
        everySeconds: 10,
      },
      faults: [],
    });
  });

  it('follows a display kept on the server, and shows the whole force until it knows it', () => {
    expect(readDisplayQuery('?display=north')).toEqual({
      ...{ name: 'north', display: { views: WHOLE }, faults: [] },
    });
  });

  it.each([
    ['?role=map', 'map', 'role'],
    ['?role=area', 'area', 'area-missing'],
    ['?role=area&area=atlantis', 'area:atlantis', 'no-area'],
    ['?role=area&area=51,0,5', 'area:51,0,5', 'radius'],
    ['?rotate=force:atlantis', 'force:atlantis', 'force'],
    ['?rotate=alerts:kent', 'alerts:kent', 'area-of-another-role'],
    ['?rotate=force&every=1', 'every=1', 'every'],
    ['?display=../x', 'display=../x', 'name'],
  ])('says what is wrong with %s, and shows the whole force', (query, asked, fault) => {
    const { display, faults } = readDisplayQuery(query);
    expect(faults).toEqual([{ asked, fault }]);
    expect(display.views).toEqual(WHOLE);
  });

  it('goes on with those views of a rotation that can be shown', () => {
    const { display, faults } = readDisplayQuery('?rotate=scorecard,area:atlantis,alerts');
    expect(display.views).toEqual([{ role: 'scorecard' }, { role: 'alerts' }]);
    expect(faults).toEqual([{ asked: 'area:atlantis', fault: 'no-area' }]);
  });

  it('shows no more than twelve views', () => {
    const { display, faults } = readDisplayQuery(`?rotate=${Array(13).fill('force').join(',')}`);
    expect(display.views).toHaveLength(12);
    expect(faults).toEqual([{ asked: 'rotate', fault: 'views' }]);
  });

  it('keeps what it asks of the screen while the selection changes', () => {
    const query = '?rotate=force,area:51.5,-0.12,1500:Harbour&every=10&theme=all&lang=cy&display=north';
    expect(withScreenSettings('?theme=asb&horizon=8', query)).toBe(
      '?theme=asb&horizon=8&lang=cy&display=north&rotate=force,area:51.5,-0.12,1500:Harbour&every=10',
    );
  });
});
