/** What is packed comes back as it was, whatever its size. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Columns } from '../../../server/replay/columns.ts';
import { pack, packJson, unpack, unpackJson } from '../../../server/replay/packed.ts';

describe('what is packed', () => {
  it('comes back as it was', async () => {
    const ints = fc.int32Array().map((column) => Int32Array.from(column));
    const floats = fc.float64Array({ noNaN: true }).map((column) => Float64Array.from(column));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(ints, floats)), fc.jsonValue(), async (columns, header) => {
        const back = await unpack(await pack({ header, columns }));
        expect(JSON.stringify(back.header)).toBe(JSON.stringify(header));
        expect(back.columns).toEqual(columns);
        expect(JSON.stringify(await unpackJson(await packJson(header)))).toBe(JSON.stringify(header));
      }),
    );
  });

  it('takes columns of rows in the smaller type that holds them', () => {
    const table = new Columns(['small', 'large', 'part']);
    table.add([1, 2 ** 40, 0.5]);
    table.add([-7, 3, 1]);
    expect(table.typed()).toEqual([
      Int32Array.from([1, -7]),
      Float64Array.from([2 ** 40, 3]),
      Float64Array.from([0.5, 1]),
    ]);
    const back = new Columns(table.names, table.typed());
    expect([back.length, [...Array.from(back.column('large'))]]).toEqual([2, [2 ** 40, 3]]);
  });
});
