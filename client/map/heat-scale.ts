/**
 * Makes a density into a colour, the same at each zoom: a place of density D lets the map through by exp(−D / D₀), with
 * D₀ such that the scale's top, a round density, comes out at `TOP_OPACITY`.
 */
import { colours } from './colours.ts';

/** Opacity at the top of the scale; beyond it the colours crowd. */
const TOP_OPACITY = 0.85;
const LEGEND_SHARES = [0.1, 0.25, 0.5, 1] as const;
/** Beyond so many times the top nothing can be told apart. */
const TABLE_TOPS = 3;
const TABLE_SIZE = 1_536;

function opacityOf(density: number, top: number): number {
  return 1 - (1 - TOP_OPACITY) ** (density / top);
}

export interface HeatMark {
  density: number;
  opacity: number;
}

/** What the legend names: densities from a tenth of the top to the top. */
export function heatMarks(top: number): HeatMark[] {
  return LEGEND_SHARES.map((share) => {
    const density = Number((share * top).toPrecision(2));
    return { density, opacity: opacityOf(density, top) };
  });
}

/** The colour that a place of this opacity shows over `ground`, as CSS. */
export function heatColourAt(opacity: number, ground: string): string {
  const [below, above, share] = between(opacity);
  const colour = `color-mix(in srgb, ${above} ${(share * 100).toFixed(1)}%, ${below})`;
  return `color-mix(in srgb, ${colour} ${(opacity * 100).toFixed(1)}%, ${ground})`;
}

export interface HeatTable {
  /** Red, green, blue and opacity of each entry, 0 to 255. */
  pixels: Uint8ClampedArray;
  /** Entries per unit of density. */
  perDensity: number;
}

/** The pixels of densities from 0 up, for a scale that ends at `top`, in the colours in force. */
export function heatTable(top: number): HeatTable {
  const pixels = new Uint8ClampedArray(4 * TABLE_SIZE);
  const perDensity = (TABLE_SIZE - 1) / (TABLE_TOPS * top);
  for (let entry = 0; entry < TABLE_SIZE; entry++) {
    const opacity = opacityOf(entry / perDensity, top);
    const [below, above, share] = between(opacity);
    const [from, to] = [channels(below), channels(above)];
    from.forEach((value, channel) => {
      pixels[4 * entry + channel] = value + ((to[channel] ?? value) - value) * share;
    });
    pixels[4 * entry + 3] = 255 * opacity;
  }
  return { pixels, perDensity };
}

/** The two colours of the scale that an opacity lies between, and how near it is to the second. */
function between(opacity: number): [below: string, above: string, share: number] {
  const { heat } = colours;
  const place = (Math.min(opacity, TOP_OPACITY) / TOP_OPACITY) * (heat.length - 1);
  return [heat[Math.floor(place)] ?? '', heat[Math.ceil(place)] ?? '', place % 1];
}

/** Of `#rrggbb`. */
function channels(colour: string): [red: number, green: number, blue: number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
