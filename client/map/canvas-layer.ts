/** A Leaflet layer that is one canvas over the view and some way beyond, drawn when the view or its content changes. */
import { readable } from '../look/sized-type.svelte.ts';
import { L } from './leaflet.ts';
import { viewPosition } from './view-position.ts';
import { paneOf, type LayerName } from './z-order.ts';

/** The view to draw into: CSS pixels from its top left corner. */
export interface Frame {
  width: number;
  height: number;
  /** So far the canvas reaches beyond each side of the view, to be there when the map is dragged. */
  bleed: number;
  zoom: number;
  /** Where the top left corner lies in the pixels of a world that is `256 · 2^zoom` wide. */
  origin: { x: number; y: number };
  /** At the centre of the view. */
  metresPerPixel: number;
  /** What sizes are told in: a hundredth of the screen's height, or more where the map is read from afar. */
  unit: number;
  at(latitude: number, longitude: number): { x: number; y: number };
}

/** Returns false where there was nothing to draw: an empty canvas is taken out of the picture, and costs nothing. */
export type Draw = (pen: CanvasRenderingContext2D, frame: Frame) => unknown;

/** Asks every layer of a map to draw itself anew, whatever it has cached: the picture may have been lost. */
export const REPAINT = 'repaint';

const EARTH_CIRCUMFERENCE_METRES = 40_075_016.686;
/** Of the view's longer side. Only a map that can be dragged needs it. */
const BLEED_SHARE = 0.1;

export function metresPerPixel(latitude: number, zoom: number): number {
  return (EARTH_CIRCUMFERENCE_METRES * Math.cos((latitude * Math.PI) / 180)) / (256 * 2 ** zoom);
}

/** The root font size: `app.css` makes it a hundredth of the screen's height. */
export function unitPixels(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 10;
}

/** In units: a hotspot's rank, which a map is of no use without. */
const RANK_UNITS = 2;

/** The unit of what is drawn on a map: so large that a rank, and the hexagon around it, can be read from the farthest seat. */
export function markUnitPixels(): number {
  return Math.max(unitPixels(), readable(0) / RANK_UNITS);
}

export class CanvasLayer extends L.Layer {
  readonly #name: LayerName;
  readonly #draw: Draw;
  #canvas: HTMLCanvasElement | undefined;
  #frame: number | undefined;
  /** Where the view's corner was on the map's pane when it was drawn. */
  #drawnAt: L.Point | undefined;

  constructor(name: LayerName, draw: Draw) {
    super();
    this.#name = name;
    this.#draw = draw;
  }

  override onAdd(map: L.Map): this {
    this.#canvas = L.DomUtil.create('canvas', 'leaflet-zoom-hide', map.getPane(paneOf(this.#name)));
    map.on(`moveend zoomend resize ${REPAINT}`, this.redraw);
    map.on('move', this.#moved);
    this.redraw();
    return this;
  }

  override onRemove(map: L.Map): this {
    map.off(`moveend zoomend resize ${REPAINT}`, this.redraw);
    map.off('move', this.#moved);
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

  /** While the map is dragged its pane takes the canvas along: it is drawn anew only where it ends. */
  readonly #moved = (): void => {
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    const drawn = this.#drawnAt;
    if (drawn === undefined) return;
    const far = Math.max(Math.abs(corner.x - drawn.x), Math.abs(corner.y - drawn.y));
    if (far > bleedOf(this._map)) this.redraw();
  };

  #paint(map: L.Map): void {
    const canvas = this.#canvas;
    // The ground lets nothing through: so it need not be mixed with what is below, which is nothing.
    const pen = canvas?.getContext('2d', { alpha: this.#name !== 'land' });
    if (!canvas || !pen) return;
    const { x: width, y: height } = map.getSize();
    const bleed = bleedOf(map);
    const ratio = window.devicePixelRatio;
    this.#drawnAt = map.containerPointToLayerPoint([0, 0]);
    L.DomUtil.setPosition(canvas, this.#drawnAt.subtract([bleed, bleed]));
    const across = [width + 2 * bleed, height + 2 * bleed] as const;
    const [wide, high] = [Math.round(across[0] * ratio), Math.round(across[1] * ratio)];
    if (canvas.width !== wide || canvas.height !== high) {
      canvas.width = wide;
      canvas.height = high;
      canvas.style.width = `${across[0]}px`;
      canvas.style.height = `${across[1]}px`;
    }
    pen.setTransform(ratio, 0, 0, ratio, bleed * ratio, bleed * ratio);
    pen.clearRect(-bleed, -bleed, across[0], across[1]);
    const zoom = map.getZoom();
    const middle = map.project(map.getCenter(), zoom);
    const origin = { x: middle.x - width / 2, y: middle.y - height / 2 };
    const drawn = this.#draw(pen, {
      ...{ width, height, bleed, zoom, origin },
      metresPerPixel: metresPerPixel(map.getCenter().lat, zoom),
      unit: markUnitPixels(),
      at: viewPosition(zoom, origin),
    });
    canvas.style.display = drawn === false ? 'none' : '';
  }
}

/** So far a canvas reaches beyond each side of the view, in pixels. */
export function bleedOf(map: L.Map): number {
  const { x, y } = map.getSize();
  return map.options.dragging === true ? Math.round(BLEED_SHARE * Math.max(x, y)) : 0;
}
