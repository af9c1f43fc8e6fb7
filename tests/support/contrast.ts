/** Contrast of two colours as WCAG 2.2 defines it. */

type Rgb = readonly [red: number, green: number, blue: number];

function rgbOf(hex: string): Rgb {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (found === null) throw new RangeError(`${hex} is no colour of six digits`);
  const [, red = '', green = '', blue = ''] = found;
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}

/** 0 for black, 1 for white. @param hex `#rrggbb` */
export function luminance(hex: string): number {
  const [red, green, blue] = rgbOf(hex).map((byte) => {
    const part = byte / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 (the same) to 21 (black on white). */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour that shows where one of this opacity lies over a ground. */
export function over(hex: string, opacity: number, ground: string): string {
  const below = rgbOf(ground);
  const mixed = rgbOf(hex).map((byte, index) =>
    Math.round(byte * opacity + (below[index] ?? 0) * (1 - opacity)),
  );
  return `#${mixed.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
