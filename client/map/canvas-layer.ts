/** A Leaflet layer that is one canvas over the whole view, drawn when the view or its content changes. */
import { L } from './leaflet-with-heat.ts';
import { viewPosition } from './view-position.ts';
import { paneOf, type LayerName } from './z-order.ts';

/** The view to draw into: CSS pixels from its top left corner. */
export interface Frame {
  width: number;
  height: number;
  zoom: number;
  /** Where the top left corner lies in the pixels of a world that is `256 · 2^zoom` wide. */
  origin: { x: number; y: number };
  /** At the centre of the view. */
  metresPerPixel: number;
  /** A hundredth of the screen's height: what sizes are told in. */
  unit: number;
  at(latitude: number, longitude: number): { x: number; y: number };
}

export type Draw = (pen: CanvasRenderingContext2D, frame: Frame) => void;

const EARTH_CIRCUMFERENCE_METRES = 40_075_016.686;

export function metresPerPixel(latitude: number, zoom: number): number {
  return (EARTH_CIRCUMFERENCE_METRES * Math.cos((latitude * Math.PI) / 180)) / (256 * 2 ** zoom);
}

/** The root font size: `app.css` makes it a hundredth of the screen's height. */
export function unitPixels(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 10;
}

export class CanvasLayer extends L.Layer {
  readonly #name: LayerName;
  readonly #draw: Draw;
  #canvas: HTMLCanvasElement | undefined;
  #frame: number | undefined;

  constructor(name: LayerName, draw: Draw) {
    super();
    this.#name = name;
    this.#draw = draw;
  }

  override onAdd(map: L.Map): this {
    this.#canvas = L.DomUtil.create('canvas', 'leaflet-zoom-hide', map.getPane(paneOf(this.#name)));
    map.on('move zoomend resize', this.redraw);
    this.redraw();
    return this;
  }

  override onRemove(map: L.Map): this {
    map.off('move zoomend resize', this.redraw);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.#canvas?.remove();
    this.#canvas = undefined;
    return this;
  }

  /** Draws in the next animation frame, once however often it is asked. */
  readonly redraw = (): void => {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#paint(this._map);
    });
  };

  #paint(map: L.Map): void {
    const canvas = this.#canvas;
    const pen = canvas?.getContext('2d');
    if (!canvas || !pen) return;
    const { x: width, y: height } = map.getSize();
    const ratio = window.devicePixelRatio;
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== wide || canvas.height !== high) {
      canvas.width = wide;
      canvas.height = high;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    const zoom = map.getZoom();
    const middle = map.project(map.getCenter(), zoom);
    const origin = { x: middle.x - width / 2, y: middle.y - height / 2 };
    this.#draw(pen, {
      width,
      height,
      zoom,
      origin,
      metresPerPixel: metresPerPixel(map.getCenter().lat, zoom),
      unit: unitPixels(),
      at: viewPosition(zoom, origin),
    });
  }
}
