/** Colours as people with other colour vision see them, and how light and how different from each other they are. */

export const COLOUR_VISIONS = ['usual', 'protanopia', 'deuteranopia', 'tritanopia'] as const;
export type ColourVision = (typeof COLOUR_VISIONS)[number];

type Rgb = readonly [red: number, green: number, blue: number];

/** Machado, Oliveira & Fernandes 2009, table 1, severity 1.0: on linear sRGB. */
const SIMULATION: Record<ColourVision, readonly Rgb[]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** WCAG 2.2's relative luminance of `#rrggbb` as it is seen: 0 (black) to 1 (white). */
export function luminance(colour: string, vision: ColourVision = 'usual'): number {
  const own = linear(colour);
  const [red = 0, green = 0, blue = 0] = SIMULATION[vision].map((row) =>
    Math.max(0, Math.min(1, row[0] * own[0] + row[1] * own[1] + row[2] * own[2])),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2's contrast ratio: 1 to 21. */
export function contrast(one: string, other: string, vision: ColourVision = 'usual'): number {
  const [light = 0, dark = 0] = [luminance(one, vision), luminance(other, vision)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** CIE 1976 lightness: 0 to 100, about as the eye steps. */
export function lightness(colour: string, vision: ColourVision = 'usual'): number {
  const relative = luminance(colour, vision);
  return relative > 0.008856 ? 116 * Math.cbrt(relative) - 16 : 903.3 * relative;
}

function linear(colour: string): Rgb {
  const channel = (from: number): number => {
    const value = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}
