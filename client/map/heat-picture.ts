/** Paints a field of densities as pixels, one for each point of its grid; the browser stretches them smoothly. */
import type { HeatField } from './heat-field.ts';
import type { HeatTable } from './heat-scale.ts';

/** Fills `pixels`, four bytes for each point: red, green, blue, opacity. */
export function paintHeat(
  { density }: HeatField,
  { pixels: table, perDensity }: HeatTable,
  pixels: Uint8ClampedArray,
): void {
  const [colours, painted] = [words(table), words(pixels)];
  const last = colours.length - 1;
  for (let i = 0; i < density.length; i++) {
    painted[i] = colours[Math.min(last, Math.round((density[i] ?? 0) * perDensity))] ?? 0;
  }
}

/** Four bytes at a time, in whatever order the machine has them: both sides have the same. */
function words({ buffer, byteOffset, byteLength }: Uint8ClampedArray): Uint32Array {
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}
