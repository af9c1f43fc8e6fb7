/** A page with the heat of one city, drawn by us and by leaflet.heat as it comes: `wall.heat` times both. */
import L from 'leaflet';
import 'leaflet.heat';
import { HeatCanvas } from '../../../client/map/heat-canvas.ts';
import { heatPlaces } from '../../../client/map/heat-points.ts';
import { heatTable } from '../../../client/map/heat-scale.ts';
import { paneOf } from '../../../client/map/z-order.ts';
import { cellCentre, type Cell } from '../../../shared/cell.ts';

/** What leaflet.heat 0.2.0 adds to Leaflet, as far as it is used here. */
interface StockHeat extends L.Layer {
  _canvas: HTMLCanvasElement;
  _redraw(): void;
}
type StockPoint = [latitude: number, longitude: number, weight: number];
// It adds itself to Leaflet, whose types do not know it.
const stockHeat = (L as unknown as { heatLayer: (points: StockPoint[], options: object) => StockHeat })
  .heatLayer;

/** Milliseconds of each redraw, ours and stock in turn, so that both meet the machine in the same mood. */
function timeHeat(
  weights: readonly [Cell, number][],
  zooms: readonly number[],
  rounds: number,
): Record<'ours' | 'stock', number[]> {
  const map = L.map('map', { zoomAnimation: false, fadeAnimation: false, zoomSnap: 0 });
  map.setView([51.507, -0.12], zooms[0] ?? 11);
  map.createPane(paneOf('heat'));
  const ours = new HeatCanvas();
  ours.addTo(map);
  // Both have their points before the time is taken, and draw all of them each time.
  ours.show({ places: heatPlaces(new Map(weights)), table: heatTable(40) });
  const points = weights.map(([cell, weight]): StockPoint => [...cellCentre(cell), weight]);
  const stock = stockHeat(points, { max: 20 }).addTo(map);
  const times: Record<'ours' | 'stock', number[]> = { ours: [], stock: [] };
  for (const zoom of zooms) {
    map.setView([51.507, -0.12], zoom, { animate: false });
    for (let round = 0; round < rounds; round++) {
      times.ours.push(
        timed(() => {
          ours.paint();
          return map.getPane(paneOf('heat'))?.querySelector('canvas');
        }),
      );
      times.stock.push(
        timed(() => {
          stock._redraw();
          return stock._canvas;
        }),
      );
    }
  }
  return times;
}

/** With what a canvas only notes down until it is shown or read: one pixel is read. */
function timed(draw: () => HTMLCanvasElement | null | undefined): number {
  const began = performance.now();
  draw()?.getContext('2d')?.getImageData(0, 0, 1, 1);
  return performance.now() - began;
}

Object.assign(window, { timeHeat });
