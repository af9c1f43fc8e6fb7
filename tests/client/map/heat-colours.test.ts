/** The heat reads the same for every kind of colour vision, by day and by night: denser is further from the ground in lightness. */
import { beforeEach, describe, expect, it } from 'vitest';
import { setLook, LOOKS, type Look } from '../../../client/look/look.svelte.ts';
import { colours } from '../../../client/map/colours.ts';
import { heatTable } from '../../../client/map/heat-scale.ts';

type Rgb = readonly [red: number, green: number, blue: number];

/** Of linear light (Machado, Oliveira & Fernandes 2009, severity 1.0). */
const VISIONS: Record<string, readonly [Rgb, Rgb, Rgb]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const TOP = 40;

function linear(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** CIE 1976 L*, of a colour as this vision has it. */
function lightness(colour: Rgb, vision: readonly [Rgb, Rgb, Rgb]): number {
  const light = colour.map(linear);
  const [red = 0, green = 0, blue = 0] = vision.map((row) =>
    Math.max(
      0,
      Math.min(
        1,
        row.reduce((sum, factor, i) => sum + factor * (light[i] ?? 0), 0),
      ),
    ),
  );
  const y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

/** What a place of this density looks like over the land. */
function shown(density: number): Rgb {
  const { pixels, perDensity } = heatTable(TOP);
  const entry = 4 * Math.round(density * perDensity);
  const opacity = (pixels[entry + 3] ?? 0) / 255;
  const land = Number.parseInt(colours.land.slice(1), 16);
  const mixed = [land >> 16, (land >> 8) & 255, land & 255].map(
    (ground, channel) => ground * (1 - opacity) + (pixels[entry + channel] ?? 0) * opacity,
  );
  return [mixed[0] ?? 0, mixed[1] ?? 0, mixed[2] ?? 0];
}

describe.each(LOOKS.map((look): [Look] => [look]))('by %s', (look) => {
  beforeEach(() => {
    setLook(look);
  });

  it.each(Object.entries(VISIONS))(
    'a denser place is further from the land in lightness, to %s vision',
    (_, vision) => {
      const densities = Array.from({ length: 21 }, (_unused, i) => (i * TOP) / 20);
      const told = densities.map((density) => lightness(shown(density), vision));
      const ground = told[0] ?? NaN;
      const away = told.map((value) => (look === 'night' ? value - ground : ground - value));
      for (const [i, value] of away.entries())
        if (i > 0) expect(value - (away[i - 1] ?? NaN), `${densities[i]} per km²`).toBeGreaterThan(0.3);
      // From the least that the legend names to the top.
      expect((away.at(-1) ?? NaN) - (away[2] ?? NaN)).toBeGreaterThan(25);
    },
  );
});
