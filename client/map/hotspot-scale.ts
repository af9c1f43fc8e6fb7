/** Colours of hotspots: five equal classes of expected incidents, from nothing to a round top. */
import { HOTSPOT_INK, HOTSPOT_PALETTE } from './colours.ts';

export interface HotspotClass {
  /** Expected incidents, from here on. */
  from: number;
  colour: string;
  ink: string;
}

/** The five classes below `top` expected incidents, lowest first. */
export function hotspotClasses(top: number): HotspotClass[] {
  return HOTSPOT_PALETTE.map((colour, index) => ({
    from: Number(((top * index) / HOTSPOT_PALETTE.length).toPrecision(3)),
    colour,
    ink: HOTSPOT_INK[index] ?? '#ffffff',
  }));
}

export function hotspotClassOf(expected: number, classes: readonly HotspotClass[]): HotspotClass {
  const found = classes.findLast(({ from }) => expected >= from) ?? classes[0];
  if (found === undefined) throw new RangeError('a scale without classes');
  return found;
}
