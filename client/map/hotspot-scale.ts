/** Colours of hotspots: five equal classes of expected incidents, from nothing to a round top. */
import { colours } from './colours.ts';

export interface HotspotClass {
  /** Expected incidents, from here on. */
  from: number;
  colour: string;
  ink: string;
}

/** The five classes below `top` expected incidents, lowest first. */
export function hotspotClasses(top: number): HotspotClass[] {
  return colours.hotspots.map((colour, index) => ({
    from: Number(((top * index) / colours.hotspots.length).toPrecision(3)),
    colour,
    ink: colours.hotspotInks[index] ?? colour,
  }));
}

export function hotspotClassOf(expected: number, classes: readonly HotspotClass[]): HotspotClass {
  const found = classes.findLast(({ from }) => expected >= from) ?? classes[0];
  if (found === undefined) throw new RangeError('a scale without classes');
  return found;
}
