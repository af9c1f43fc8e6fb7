/** Whoever looks can read it: WCAG contrast of the real colours on the grounds they stand on, by day and by night. */
import { describe, expect, it } from 'vitest';
import { LOOKS, type Look } from '../../../client/look/look.svelte.ts';
import css from '../../../client/look/look.css?raw';
import { MAP_COLOURS } from '../../../client/map/colours.ts';
import { contrast, luminance, over } from '../../support/contrast.ts';

const TEXT = 4.5;
const GRAPHICS = 3;

const [, night = '', day = ''] = css.split(/:root[^{]*\{/);

function tokensOf(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
  );
}
const TOKENS: Record<Look, Record<string, string>> = { night: tokensOf(night), day: tokensOf(day) };

/** Those that are too faint, as `name on name: ratio`. */
function tooFaint(
  colours: Record<string, string>,
  inks: string[],
  grounds: string[],
  least: number,
): string[] {
  return inks.flatMap((ink) =>
    grounds
      .map((ground) => ({ ground, ratio: contrast(colours[ink] ?? '', colours[ground] ?? '') }))
      .filter(({ ratio }) => ratio < least)
      .map(({ ground, ratio }) => `${ink} on ${ground}: ${ratio.toFixed(2)}`),
  );
}

it('has the same colours by day as by night', () => {
  expect(Object.keys(TOKENS.day).sort()).toEqual(Object.keys(TOKENS.night).sort());
  expect(Object.keys(TOKENS.night).length).toBeGreaterThan(20);
});

describe.each(LOOKS)('by %s', (look) => {
  const screen = TOKENS[look];
  const grounds = ['ground', 'panel', 'raised'];

  it('text reads on every ground it stands on', () => {
    const inks = [
      'ink',
      'ink-soft',
      'ink-faint',
      'past',
      'future',
      'period',
      'late',
      'origin',
      'live',
      'alarm',
      'replay',
    ];
    expect(tooFaint(screen, inks, grounds, TEXT)).toEqual([]);
  });

  it.each([
    ['on-alarm', 'alarm'],
    ['on-late', 'late'],
    ['on-origin', 'origin'],
    ['on-replay', 'replay'],
    ['on-warning', 'warning'],
    // A button that is pressed, and one that cannot be.
    ['ground', 'ink'],
    ['ground', 'ink-faint'],
  ])('%s reads on %s', (ink, ground) => {
    expect(tooFaint(screen, [ink], [ground], TEXT)).toEqual([]);
  });

  it('marks and the focus stand off every ground', () => {
    const marks = ['live', 'late', 'alarm', 'origin', 'past', 'future', 'focus', 'replay'];
    expect(tooFaint(screen, marks, [...grounds, 'map'], GRAPHICS)).toEqual([]);
  });

  const map = MAP_COLOURS[look];
  // By name, as the pairs below say them; what is no colour is never asked for.
  const onMap = { ...map.basemap, ...map, ...screen } as unknown as Record<string, string>;

  it('names on the map read on land and sea, with and without their halo', () => {
    const names = ['graticuleLabel', 'ringLabel', 'areaName', 'areaNameShown', 'place', 'minorPlace'];
    expect(tooFaint(onMap, names, ['land', 'sea', 'halo'], TEXT)).toEqual([]);
    expect(tooFaint(onMap, ['waterName'], ['sea', 'halo'], TEXT)).toEqual([]);
  });

  it('lines that mean something stand off land and sea, and so do arrivals', () => {
    const lines = ['coast', 'ring', 'areaBorder', 'areaBorderShown', 'hexagonMark', 'pulse', 'pulse-severe'];
    expect(tooFaint(onMap, lines, ['land', 'sea'], GRAPHICS)).toEqual([]);
  });

  it('each class of hotspots stands off land and sea, and its rank reads on it', () => {
    for (const [index, colour] of map.hotspots.entries()) {
      expect(contrast(colour, map.land)).toBeGreaterThanOrEqual(GRAPHICS);
      expect(contrast(colour, map.sea)).toBeGreaterThanOrEqual(GRAPHICS);
      expect(contrast(map.hotspotInks[index] ?? '', colour)).toBeGreaterThanOrEqual(TEXT);
    }
  });

  it('each class of a month stands off the land that shines through it', () => {
    for (const colour of map.periods) {
      expect(contrast(over(colour, 0.8, map.land), map.land)).toBeGreaterThanOrEqual(GRAPHICS);
    }
  });

  // Heat fades into the land where there is little of it, as it must: what is dense has to stand off.
  it('dense heat stands off the land', () => {
    for (const colour of map.heat.slice(-3))
      expect(contrast(colour, map.land)).toBeGreaterThanOrEqual(GRAPHICS);
  });

  it.each(['heat', 'periods', 'hotspots'] as const)(
    'what is more of %s is further from the ground, step by step',
    (palette) => {
      const steps = map[palette].map((colour) => Math.abs(luminance(colour) - luminance(map.land)));
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      expect(new Set(steps).size).toBe(steps.length);
    },
  );
});

it('has no colour anywhere but in its two tables', () => {
  const tables = ['client/look/look.css', 'client/map/colours.ts'];
  const sources = Object.entries(
    import.meta.glob<string>('../../../client/**/*.{svelte,ts,css}', {
      query: '?raw',
      import: 'default',
      eager: true,
    }),
  ).filter(([path]) => !tables.some((table) => path.endsWith(table)));
  expect(sources.length).toBeGreaterThan(50);
  const literal = /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b(?![\w-]*\()|\b(?:rgba?|hsla?)\(\s*\d/i;
  const found = sources.flatMap(([path, source]) =>
    source
      .split('\n')
      .filter((line) => literal.test(line) && !/^\s*(\/?\*|\/\/|<!--)/.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
