/** Hexagons are told apart by lightness, whatever colours one sees, and stand off whatever lies below them. */
import { describe, expect, it } from 'vitest';
import { MAP_COLOURS } from '../../../client/map/colours.ts';
import { COLOUR_VISIONS, lightness, seenWith, type ColourVision } from '../../support/colour-vision.ts';
import { contrast as contrastOf } from '../../support/contrast.ts';

const LOOKS = ['day', 'night'] as const;
const CASES = LOOKS.flatMap((look) => COLOUR_VISIONS.map((vision) => [look, vision] as const));

function contrast(one: string, other: string, vision: ColourVision): number {
  return contrastOf(seenWith(vision, one), seenWith(vision, other));
}

describe('the colours of hexagons', () => {
  it.each(CASES)('by %s get steadily lighter or darker, seen with %s', (look, vision) => {
    const steps = MAP_COLOURS[look].hotspots.map((colour) => lightness(seenWith(vision, colour)));
    const differences = steps.slice(1).map((step, index) => step - (steps[index] ?? 0));
    // More stands out more: lighter on a dark ground, darker on a pale one.
    const way = look === 'night' ? 1 : -1;
    for (const difference of differences) expect(difference * way).toBeGreaterThan(4);
  });

  it.each(CASES)('by %s stand off the ground by their outline, seen with %s', (look, vision) => {
    const { hexagonMark, land, sea, heat } = MAP_COLOURS[look];
    for (const ground of [land, sea]) expect(contrast(hexagonMark, ground, vision)).toBeGreaterThanOrEqual(3);
    // Over the densest heat the outline's own edge does it.
    const { hexagonEdge } = MAP_COLOURS[look];
    for (const ground of heat)
      expect(
        Math.max(contrast(hexagonMark, ground, vision), contrast(hexagonEdge, ground, vision)),
      ).toBeGreaterThanOrEqual(3);
    expect(contrast(hexagonMark, hexagonEdge, vision)).toBeGreaterThanOrEqual(3);
  });

  it.each(CASES)('by %s leave their rank to be read, seen with %s', (look, vision) => {
    const { hotspots, hotspotInks } = MAP_COLOURS[look];
    // WCAG speaks of usual vision; simulated, what it asks of large bold figures must still hold.
    const least = vision === 'usual' ? 4.5 : 3;
    for (const [index, colour] of hotspots.entries())
      expect(contrast(hotspotInks[index] ?? colour, colour, vision)).toBeGreaterThanOrEqual(least);
  });

  it.each(CASES)('by %s the hatch is seen on the ground, seen with %s', (look, vision) => {
    const { hatch, land, sea } = MAP_COLOURS[look];
    for (const ground of [land, sea]) expect(contrast(hatch, ground, vision)).toBeGreaterThanOrEqual(3);
  });

  it.each(CASES)(
    'by %s a force below what is usual is not taken for one above, seen with %s',
    (look, vision) => {
      const { below, usual, above } = MAP_COLOURS[look].against;
      expect(new Set([below, usual, above]).size).toBe(3);
      // Colours help; the signs ▼ = ▲ say it.
      expect(contrast(MAP_COLOURS[look].hexagonMark, below, vision)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(MAP_COLOURS[look].hexagonMark, above, vision)).toBeGreaterThanOrEqual(4.5);
    },
  );
});
