/** A tally as the database keeps it. */
import { Columns } from './columns.ts';
import { pack, unpack } from './packed.ts';
import { COUNTED, LISTED, type Tally } from './tally.ts';

type Header = Omit<Tally, 'counted' | 'listed' | 'known'>;

export function packTally({ counted, listed, known: _known, ...header }: Tally): Promise<Buffer> {
  return pack({ header, columns: [...counted.typed(), ...listed.typed()] });
}

/** Without `known`, which has a place of its own. */
export async function unpackTally(body: Uint8Array): Promise<Omit<Tally, 'known'>> {
  const { header, columns } = await unpack(body);
  return {
    ...(header as Header),
    counted: new Columns(COUNTED, columns.slice(0, COUNTED.length)),
    listed: new Columns(LISTED, columns.slice(COUNTED.length)),
  };
}
