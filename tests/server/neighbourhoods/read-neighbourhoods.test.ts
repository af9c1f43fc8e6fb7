/** A file of neighbourhoods is read as police.uk tells of them, or refused with the feature and the reason. */
import { describe, expect, it } from 'vitest';
import { readNeighbourhoods } from '../../../server/neighbourhoods/read-neighbourhoods.ts';
import { neighbourhoodsFile, type NeighbourhoodShape } from '../../support/neighbourhood-shapes.ts';

const read = (...shapes: NeighbourhoodShape[]) => readNeighbourhoods(neighbourhoodsFile(...shapes));

describe('a file of neighbourhoods', () => {
  it('has force, id, name and the named officer, by police.uk’s names or our own', () => {
    const own = { name: 'Officer B (test)', role: 'Sergeant', contact: '101' };
    const found = read(
      { force: 'Kent Police', id: 7 },
      { force: 'kent', id: 'B', officer: own },
      { id: 'C', officer: null },
    );
    expect(found.map(({ polygons: _polygons, ...area }) => area)).toEqual([
      {
        ...{ force: 'kent', id: '7', name: 'Ward A' },
        officer: { name: 'Officer A (test)', role: 'Constable', contact: 'team-a@police.example' },
      },
      { force: 'kent', id: 'B', name: 'Ward A', officer: own },
      { force: 'metropolitan', id: 'C', name: 'Ward A', officer: null },
    ]);
    expect(found[0]?.polygons[0]?.[0]).toHaveLength(5);
  });

  it('may name an officer of whom nothing else is known', () => {
    expect(read({ officer: { name: 'Officer C (test)' } })[0]?.officer).toEqual({
      ...{ name: 'Officer C (test)', role: null, contact: null },
    });
  });

  it.each<[NeighbourhoodShape[], string]>([
    [[{ force: 'atlantis' }], 'feature 1: "atlantis" is none of the 43 forces of England and Wales'],
    [[{ name: ' ' }], 'feature 1 has no property "name"'],
    [[{}, {}], 'feature 2 is metropolitan/A1, as an earlier one: one area per neighbourhood'],
    [[{ officer: { rank: 'Constable' } }], 'feature 1: officer has no name'],
    [[{ officer: 'somebody' }], 'feature 1: officer is not an object with a name'],
    [[{ name: 'x'.repeat(201) }], 'feature 1: name is not a text of at most 200 characters'],
    [[{ ring: [[0, 51]] }], 'feature 1 (metropolitan/A1)'],
  ])('is refused: %j', (shapes, reason) => {
    expect(() => read(...shapes)).toThrow(reason);
  });

  it('must be GeoJSON', () => {
    expect(() => readNeighbourhoods('{}')).toThrow('not a GeoJSON FeatureCollection');
  });
});
