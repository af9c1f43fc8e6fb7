/** What is decided before anything is drawn: order of layers, room for ranks, lines and rings, the coast. */
import { describe, expect, it } from 'vitest';
import { mercatorY, ringsOf } from '../../../client/map/coast.ts';
import { degreesLabel, graticuleStep } from '../../../client/map/graticule.ts';
import { placeRanks } from '../../../client/map/place-ranks.ts';
import { ringStep } from '../../../client/map/ring-step.ts';
import { LAYERS, paneOf, UnknownLayer, zIndexOf } from '../../../client/map/z-order.ts';

describe('the order of layers', () => {
  it('puts what is expected over what happened, and both over the ground', () => {
    const order = ['land', 'tiles', 'heat', 'hotspots', 'pulses'].map(zIndexOf);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('throws on a layer that has no place in it', () => {
    expect(() => zIndexOf('patrols')).toThrow(UnknownLayer);
  });

  it('gives each layer a pane and a height of its own', () => {
    expect(new Set(LAYERS.map(paneOf)).size).toBe(LAYERS.length);
    expect(new Set(LAYERS.map(zIndexOf)).size).toBe(LAYERS.length);
  });
});

describe('ranks of hotspots that crowd together', () => {
  const at = { x: 100, y: 100 };

  it('stand at their own place where there is room', () => {
    const far = { x: 300, y: 100 };
    const places = placeRanks(
      [at, far].map((point) => ({ at: point, radius: 20, always: true })),
      20,
    );
    expect(places).toEqual([at, far]);
  });

  it('stand beside it where there is none, and never over each other', () => {
    const crowd = Array.from({ length: 10 }, (_, n) => ({
      at: { x: 100 + n, y: 100 },
      radius: 20,
      always: true,
    }));
    const places = placeRanks(crowd, 20).map((place) => place ?? { x: NaN, y: NaN });
    expect(places[0]).toEqual(at);
    for (const [index, one] of places.entries())
      for (const other of places.slice(index + 1))
        expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(38);
  });

  it('stand nowhere where they need not', () => {
    const crowd = [true, false].map((always) => ({ at, radius: 20, always }));
    expect(placeRanks(crowd, 20)).toEqual([at, undefined]);
  });
});

describe('graticule and rings', () => {
  it('name degrees as finely as they stand apart', () => {
    expect(graticuleStep(0.07)).toBe(0.1);
    expect(degreesLabel(51.5, 0.1, 'N', 'S')).toBe('51.5° N');
    expect(degreesLabel(-0.12, 0.01, 'E', 'W')).toBe('0.12° W');
    expect(degreesLabel(0, 0.1, 'E', 'W')).toBe('0.0°');
  });

  it('stand in round kilometres', () => {
    expect(ringStep(14)).toBe(5);
    expect(ringStep(1)).toBe(0.5);
  });
});

describe('the coast', () => {
  it('becomes rings in a world that is one wide', () => {
    const [ring, ...others] = ringsOf({
      type: 'Topology',
      arcs: [
        [
          [0, 51],
          [0, 52],
          [1, 52],
          [0, 51],
        ],
      ],
      objects: { land: { type: 'Polygon', arcs: [[0]] } },
    });
    expect(others).toHaveLength(0);
    expect(ring?.west).toBe(0.5);
    expect(ring?.east).toBeCloseTo(0.5 + 1 / 360);
    expect(ring?.points).toHaveLength(8);
    expect(mercatorY(0)).toBeCloseTo(0.5);
    expect(mercatorY(85.0511)).toBeCloseTo(0, 4);
  });

  it('keeps a land where most of it lies, whichever side of the antimeridian its ring begins on', () => {
    const [ring] = ringsOf({
      type: 'Topology',
      arcs: [
        [
          [-179, 65],
          [-179, 66],
          [40, 66],
          [40, 65],
          [179, 65],
          [-179, 65],
        ].map(([x = 0, y = 0]) => [x, y]),
      ],
      objects: { land: { type: 'Polygon', arcs: [[0]] } },
    });
    expect(ring?.west).toBeCloseTo(0.5 + 40 / 360);
    expect(ring?.east).toBeCloseTo(0.5 + 181 / 360);
  });

  it('draws what lies on both sides of the antimeridian in one piece, not across the whole world', () => {
    const [ring] = ringsOf({
      type: 'Topology',
      arcs: [
        [
          [179, 65],
          [-179, 65],
          [-179, 66],
          [179, 66],
          [179, 65],
        ],
      ],
      objects: { land: { type: 'Polygon', arcs: [[0]] } },
    });
    expect((ring?.east ?? 0) - (ring?.west ?? 0)).toBeCloseTo(2 / 360);
  });
});
