/** Colours of a day's or month's incidents: four classes of density, each twice as high as the one before. */
import { colours } from './colours.ts';

export interface PeriodClass {
  /** Incidents per km², from here on. */
  from: number;
  colour: string;
}

/** The classes below `top` incidents per km², lowest first; the lowest holds whatever there is. */
export function periodClasses(top: number): PeriodClass[] {
  return colours.periods.map((colour, index) => {
    const share = index === 0 ? 0 : 2 ** (index - colours.periods.length);
    return { from: Number((top * share).toPrecision(2)), colour };
  });
}

export function periodColourOf(density: number, classes: readonly PeriodClass[]): string {
  const found = classes.findLast(({ from }) => density >= from) ?? classes[0];
  if (found === undefined) throw new RangeError('a scale without classes');
  return found.colour;
}
