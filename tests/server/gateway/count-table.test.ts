/** Counts per force, theme, cell and quarter of an hour, and nothing where nothing is left. */
import { describe, expect, it } from 'vitest';
import { CountTable } from '../../../server/gateway/count-table.ts';

describe('a count table', () => {
  it('gives the steps of each cell, ascending, for the forces and themes asked for', () => {
    const table = new CountTable();
    table.add('kent', 'all', 'a', 9, 1, 365);
    table.add('kent', 'all', 'a', 7, 1);
    table.add('kent', 'all', 'a', 9, 1, 2);
    table.add('kent', 'theft', 'b', 7, 1, 5);
    table.add('surrey', 'all', 'a', 7, 5);
    expect(table.of(['kent'], ['all', 'theft'])).toEqual([
      {
        theme: 'all',
        cell: 'a',
        steps: [
          [7, 1, 0],
          [9, 2, 367],
        ],
      },
      { theme: 'theft', cell: 'b', steps: [[7, 1, 5]] },
    ]);
    expect(table.of(['surrey', 'kent'], ['theft'])).toEqual([
      { theme: 'theft', cell: 'b', steps: [[7, 1, 5]] },
    ]);
    expect(table.of(['essex'], ['all'])).toEqual([]);
  });

  it('has no cell whose counts were all taken back', () => {
    const table = new CountTable();
    table.add('kent', 'all', 'a', 7, 1);
    table.add('kent', 'all', 'a', 7, -1);
    expect(table.of(['kent'], ['all'])).toEqual([]);
  });

  it('keeps the harm of a correction that leaves the count as it was', () => {
    const table = new CountTable();
    table.add('kent', 'all', 'a', 7, 1, 365);
    table.add('kent', 'all', 'a', 7, -1, -365);
    table.add('kent', 'all', 'a', 7, 1, 2);
    expect(table.of(['kent'], ['all'])).toEqual([{ theme: 'all', cell: 'a', steps: [[7, 1, 2]] }]);
  });

  it('keeps what was taken back before it came, so that the order does not matter', () => {
    const table = new CountTable();
    table.add('kent', 'all', 'a', 7, -1);
    table.add('kent', 'all', 'a', 7, 1);
    table.add('kent', 'all', 'a', 7, 1);
    expect(table.of(['kent'], ['all'])).toEqual([{ theme: 'all', cell: 'a', steps: [[7, 1, 0]] }]);
  });

  it('forgets what lies before a step', () => {
    const table = new CountTable();
    for (const step of [6, 7, 8]) table.add('kent', 'all', 'a', step, 1);
    table.add('kent', 'all', 'b', 6, 1);
    table.prune(7);
    expect(table.of(['kent'], ['all'])).toEqual([
      {
        theme: 'all',
        cell: 'a',
        steps: [
          [7, 1, 0],
          [8, 1, 0],
        ],
      },
    ]);
  });
});
