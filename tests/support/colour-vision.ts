/** Colours as people with other colour vision see them, and how light they are. */
import { luminance } from './contrast.ts';

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

/** The colour that somebody of usual vision sees as this vision sees `hex` (`#rrggbb`). */
export function seenWith(vision: ColourVision, hex: string): string {
  const own = linear(hex);
  const bytes = SIMULATION[vision].map((row) => {
    const part = Math.max(0, Math.min(1, row[0] * own[0] + row[1] * own[1] + row[2] * own[2]));
    const encoded = part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055;
    return Math.round(255 * encoded)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${bytes.join('')}`;
}

/** CIE 1976 lightness: 0 to 100, about as the eye steps. */
export function lightness(hex: string): number {
  const relative = luminance(hex);
  return relative > 0.008856 ? 116 * Math.cbrt(relative) - 16 : 903.3 * relative;
}

function linear(hex: string): Rgb {
  const channel = (from: number): number => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}
