/** What a typed word finds. */
import { describe, expect, it } from 'vitest';
import { foundByServer, search, type Found, type Searchable } from '../../../client/state/search.ts';
import { cellAt, coarseCell } from '../../../shared/cell.ts';
import { incident } from '../frames.ts';

const KNOWN: Searchable = {
  forces: ['kent', 'metropolitan', 'unassigned'],
  feeds: [
    {
      ...{
        agency: 'police',
        feed: 'cad-east',
        condition: 'live',
        lastReceivedAt: '2026-03-01T12:00:00.000Z',
      },
      ...{ lastOccurredAt: null, finestPrecision: null, stored: 1, duplicates: 0, rejected: 0 },
      lastRejection: null,
    },
  ],
  incidents: [incident({ id: 'CAD-2026-17' })],
  coarse: false,
  forceName: (force) => (force === 'metropolitan' ? 'Metropolitan' : force),
  feedName: ({ feed }) => `Police ${feed}`,
};
const kinds = (found: readonly Found[]): string[] => found.map(({ kind }) => kind);

describe('a search', () => {
  it('finds nothing for nothing', () => {
    expect(search('  ', KNOWN)).toEqual([]);
    expect(search('zzzz', KNOWN)).toEqual([]);
  });

  it('finds a hexagon by its index', () => {
    expect(search('89194ad326fffff', KNOWN)).toEqual([{ kind: 'cell', cell: '89194ad326fffff' }]);
    expect(search('89194AD326FFFFF', KNOWN)).toHaveLength(1);
  });

  it('finds the hexagon of coordinates, however they are parted', () => {
    for (const text of ['51.5,-0.12', ' 51.5 -0.12 ', '51.5; -0.12']) {
      expect(search(text, KNOWN)).toEqual([
        { kind: 'point', name: '51.5, -0.12', cell: cellAt(51.5, -0.12) },
      ]);
    }
    expect(search('91,0', KNOWN)).toEqual([]);
  });

  it('finds places by their English and their Welsh name, without accents or capitals', () => {
    expect(search('cardiff', KNOWN)[0]).toMatchObject({ kind: 'place', name: 'Cardiff / Caerdydd' });
    expect(search('CAERDYDD', KNOWN)[0]).toMatchObject({ kind: 'place', name: 'Cardiff / Caerdydd' });
    expect(search('caerdŷdd', KNOWN)[0]).toMatchObject({ kind: 'place' });
  });

  it('finds forces, feeds, and incidents that are known here', () => {
    expect(search('metro', KNOWN)[0]).toMatchObject({ kind: 'force', force: 'metropolitan' });
    expect(search('cad-east', KNOWN)[0]).toMatchObject({ kind: 'feed', feed: 'cad-east' });
    expect(kinds(search('2026-17', KNOWN))).toEqual(['incident']);
    expect(kinds(search('cad', KNOWN)).sort()).toEqual(['feed', 'incident']);
  });

  it('takes what the server found, places as fine as may be', () => {
    const answer = {
      incidents: [incident({ id: 'old' })],
      neighbourhoods: [{ force: 'kent', name: 'Harbour', lat: 51.1, lon: 0.05 } as const],
    };
    expect(foundByServer(answer, KNOWN)).toMatchObject([
      { kind: 'place', name: 'Harbour (kent)', cell: cellAt(51.1, 0.05) },
      { kind: 'incident', incident: { id: 'old' } },
    ]);
    const [place] = foundByServer(answer, { ...KNOWN, coarse: true });
    expect(place).toMatchObject({ cell: coarseCell(cellAt(51.1, 0.05)) });
  });

  it('gives partners the coarse hexagon only', () => {
    const coarse = { ...KNOWN, coarse: true };
    expect(search('51.5,-0.12', coarse)[0]).toMatchObject({ cell: coarseCell(cellAt(51.5, -0.12)) });
    expect(search('89194ad326fffff', coarse)[0]).toMatchObject({ cell: coarseCell('89194ad326fffff') });
  });
});
