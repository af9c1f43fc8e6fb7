/**
 * Makes the heat mean incidents per km², the same at each zoom.
 *
 * leaflet.heat lays soft disc over soft disc, so opacities a and b give 1 − (1 − a)(1 − b): what adds up
 * is −ln(1 − opacity). A point that counts 1 / (area · D₀) there, on a disc that covers `area` km²,
 * makes a place of density D come out at opacity 1 − exp(−D / D₀), whatever the disc's size in pixels.
 * Exact for faint points only: on the slopes of discs, and by rounding to 8 bits, some is lost, which
 * `MADE_UP` gives back.
 */
import { colours } from './colours.ts';

/** Wide enough to join the cells of a street, narrow enough to part two town centres. */
const KERNEL_RADIUS_METRES = 450;
/** Opacity at the top of the scale; beyond it the colours crowd. */
const TOP_OPACITY = 0.85;
/** Measured in Chromium on even fields of 10 and 60 incidents per km²: they came out 15 % too sparse at each zoom from 5 km to 200 m. */
const MADE_UP = 1.17;
const LEGEND_SHARES = [0.1, 0.25, 0.5, 1] as const;

/** The density in incidents per km² at which the opacity is 1 − 1/e, for a scale that ends at `top`. */
function unitDensity(top: number): number {
  return -top / Math.log(1 - TOP_OPACITY);
}

function opacityOf(density: number, top: number): number {
  return 1 - Math.exp(-density / unitDensity(top));
}

export interface Kernel {
  radiusPixels: number;
  /** The weight of one incident. */
  weight: number;
}

/**
 * The disc for one zoom. Its weight makes up for a radius that is not the wanted one: below a hundredth of
 * the screen's height (`unit`, in pixels) single incidents would be dust, above a third a disc costs too much.
 */
export function kernelOf(top: number, metresPerPixel: number, unit: number): Kernel {
  const wanted = KERNEL_RADIUS_METRES / metresPerPixel;
  const radiusPixels = Math.round(Math.max(unit, Math.min(30 * unit, wanted)));
  const radiusKilometres = (radiusPixels * metresPerPixel) / 1_000;
  return { radiusPixels, weight: MADE_UP / (Math.PI * radiusKilometres ** 2 * unitDensity(top)) };
}

/** leaflet.heat's colour by opacity; the pixel keeps the opacity, so sparse places let the map through. */
export function heatGradient(): Record<number, string> {
  return Object.fromEntries(
    colours.heat.map((colour, index) => [(TOP_OPACITY * index) / (colours.heat.length - 1), colour]),
  );
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
  const place = (Math.min(opacity, TOP_OPACITY) / TOP_OPACITY) * (colours.heat.length - 1);
  const [below, above] = [colours.heat[Math.floor(place)], colours.heat[Math.ceil(place)]];
  const share = (place % 1) * 100;
  const colour = `color-mix(in srgb, ${above ?? ground} ${share.toFixed(1)}%, ${below ?? ground})`;
  return `color-mix(in srgb, ${colour} ${(opacity * 100).toFixed(1)}%, ${ground})`;
}
