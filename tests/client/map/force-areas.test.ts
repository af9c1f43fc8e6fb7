/** Force areas on the map: names stand inside their own area and on nothing else, and a cell keeps its shape from afar. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Frame } from '../../../client/map/canvas-layer.ts';
import { drawForceNames } from '../../../client/map/draw-force-names.ts';
import { drawnAreas, ForceAreasUnavailable, loadForceAreas } from '../../../client/map/force-areas.ts';
import { namePlaces } from '../../../client/map/name-places.ts';
import { ringOf } from '../../../client/map/coast.ts';
import { viewPosition } from '../../../client/map/view-position.ts';
import { cellAt, cellCorners } from '../../../shared/cell.ts';
import type { ForceAreaCollection } from '../../../shared/force-area.ts';
import type { ForceSlug } from '../../../shared/force.ts';
import { box } from '../../support/box.ts';

function collection(
  ...areas: [force: ForceSlug, ...polygons: ReturnType<typeof box>[]][]
): ForceAreaCollection {
  const features = areas.map(([force, ...outlines]): ForceAreaCollection['features'][number] => ({
    type: 'Feature',
    geometry: { type: 'MultiPolygon', coordinates: outlines.map((ring) => [ring.map(([x, y]) => [x, y])]) },
    properties: { force, name: force, squareKilometres: 1, importedAt: '2026-03-01T12:00:00.000Z' },
  }));
  return { type: 'FeatureCollection', features };
}

describe('a name’s place', () => {
  it('is in the middle of the widest stretch inside, wherever the shape is thin', () => {
    // A U whose right arm is the wider one; its middle is outside.
    const u = [[0, 50], [5, 50], [5, 53], [2, 53], [2, 50.2], [1, 50.2], [1, 53], [0, 53], [0, 50]] as const; // prettier-ignore
    const [best, ...others] = namePlaces(ringOf(u));
    expect(best?.x).toBeCloseTo(3.5 / 360 + 0.5, 5);
    expect(best?.width).toBeCloseTo(3 / 360, 5);
    expect(others.length).toBeGreaterThan(4);
  });
});

describe('names on the map', () => {
  const zoom = 8;
  const world = 256 * 2 ** zoom;
  const origin = { x: 0.499 * world, y: 0.325 * world };
  const frame: Frame = {
    ...{ width: 1_600, height: 1_200, bleed: 0, zoom, origin, metresPerPixel: 300, unit: 12 },
    at: viewPosition(zoom, origin),
  };

  function names(areas: ForceAreaCollection, avoid: string[] = []): { name: string; x: number; y: number }[] {
    const written: { name: string; x: number; y: number }[] = [];
    const pen = {
      measureText: (name: string) => ({ width: name.length * 9 }),
      strokeText: () => undefined,
      fillText: (name: string, x: number, y: number) => written.push({ name, x, y }),
    };
    const drawn = { areas: drawnAreas(areas), shown: [], avoid };
    drawForceNames(pen as unknown as CanvasRenderingContext2D, frame, drawn);
    return written;
  }

  it('are written once each, in the area’s largest part', () => {
    const [kent, ...others] = names(collection(['kent', box(1.1, 52, 1.2, 52.1), box(0.2, 51, 1, 52)]));
    expect(others).toEqual([]);
    expect(kent).toMatchObject({ name: 'Kent', x: frame.at(51.5, 0.6).x });
  });

  it('are left out where they would not fit, and where the area needs none', () => {
    expect(names(collection(['greater-manchester', box(0.2, 51, 0.4, 52)]))).toEqual([]);
    expect(names(collection(['kent', box(0.2, 45, 1, 54)]))).toEqual([]);
    expect(names(collection(['kent', box(-80, 51, -79, 52)]))).toEqual([]);
  });

  it('give way to hotspots, and are left out where there is no room beside them', () => {
    const area = collection(['kent', box(0.2, 51, 1, 52)]);
    const at = (latitude: number, longitude: number) => cellAt(latitude, longitude);
    const [free] = names(area);
    const [moved] = names(area, [at(51.5, 0.6)]);
    expect(moved?.name).toBe('Kent');
    expect(Math.abs((moved?.y ?? 0) - (free?.y ?? 0))).toBeGreaterThan(2 * 12);
    const everywhere = Array.from({ length: 40 }, (_, n) => at(51 + n / 40, 0.6));
    expect(names(area, everywhere)).toEqual([]);
  });

  it('do not stand on each other', () => {
    const areas = collection(['kent', box(0.2, 51, 1, 52)], ['surrey', box(0.25, 51.05, 0.95, 51.95)]);
    const [one, other] = names(areas);
    expect(Math.abs((one?.y ?? 0) - (other?.y ?? 0))).toBeGreaterThan(12);
  });
});

describe('a cell far away', () => {
  it('keeps the shape of a hexagon, though it is smaller than a pixel', () => {
    const at = viewPosition(5, { x: 4_000, y: 2_600 });
    const corners = cellCorners(cellAt(51.5, -0.12)).map(([latitude, longitude]) => at(latitude, longitude));
    const middle = {
      x: corners.reduce((sum, { x }) => sum + x, 0) / 6,
      y: corners.reduce((sum, { y }) => sum + y, 0) / 6,
    };
    const radii = corners.map(({ x, y }) => Math.hypot(x - middle.x, y - middle.y));
    expect(Math.max(...radii)).toBeLessThan(1);
    expect(Math.min(...radii) / Math.max(...radii)).toBeGreaterThan(0.8);
  });
});

describe('loading', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const answer = (tag: string, status = 200) =>
    new Response(JSON.stringify(collection(['kent', box(0, 51, 1, 52)])), { status, headers: { etag: tag } });

  it('gives the same areas again until an import has changed them', async () => {
    const answers = [answer('"1"'), answer('"1"'), answer('"2"')];
    vi.stubGlobal('fetch', () => Promise.resolve(answers.shift()));
    const first = await loadForceAreas();
    expect(first.areas.map(({ force }) => force)).toEqual(['kent']);
    expect(await loadForceAreas(first)).toBe(first);
    expect(await loadForceAreas(first)).not.toBe(first);
  });

  it.each([
    ['the server refuses', () => Promise.resolve(answer('"1"', 401))],
    ['nobody answers', () => Promise.reject(new TypeError('failed to fetch'))],
  ])('says that there are none to be had where %s', async (_what, fetch) => {
    vi.stubGlobal('fetch', fetch);
    await expect(loadForceAreas()).rejects.toThrow(ForceAreasUnavailable);
  });
});
