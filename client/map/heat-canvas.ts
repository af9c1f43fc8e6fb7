/** The heat as a Leaflet layer: a canvas with one pixel for each point of the field, stretched over the view. */
import { bleedOf, REPAINT } from './canvas-layer.ts';
import { FieldMemory, heatField, type HeatPlaces } from './heat-field.ts';
import { paintHeat } from './heat-picture.ts';
import type { HeatTable } from './heat-scale.ts';
import { L } from './leaflet.ts';
import { paneOf } from './z-order.ts';

export interface Heat {
  places: HeatPlaces;
  table: HeatTable;
}

export class HeatCanvas extends L.Layer {
  #canvas: HTMLCanvasElement | undefined;
  #frame: number | undefined;
  #drawnAt: L.Point | undefined;
  #heat: Heat | undefined;
  readonly #memory = new FieldMemory();
  /** Of the canvas's size. */
  #image: ImageData | undefined;

  override onAdd(map: L.Map): this {
    this.#canvas = L.DomUtil.create('canvas', 'leaflet-zoom-hide', map.getPane(paneOf('heat')));
    this.#canvas.dataset['layer'] = 'heat';
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

  show(heat: Heat): void {
    this.#heat = heat;
    this.redraw();
  }

  /** Draws in the next animation frame, once however often it is asked. */
  readonly redraw = (): void => {
    if (this.#canvas === undefined) return;
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.paint();
    });
  };

  /** While the map is dragged its pane takes the canvas along: it is drawn anew only where it ends. */
  readonly #moved = (): void => {
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    const drawn = this.#drawnAt;
    if (drawn === undefined) return;
    if (Math.max(Math.abs(corner.x - drawn.x), Math.abs(corner.y - drawn.y)) > bleedOf(this._map))
      this.redraw();
  };

  /** At once. */
  paint(): void {
    const canvas = this.#canvas;
    const pen = canvas?.getContext('2d', { willReadFrequently: true });
    if (!canvas || !pen) return;
    const map = this._map;
    this.#drawnAt = map.containerPointToLayerPoint([0, 0]);
    const isEmpty = this.#heat === undefined || this.#heat.places.weight.length === 0;
    canvas.style.display = isEmpty ? 'none' : '';
    if (this.#heat === undefined || isEmpty) {
      canvas.width = 0;
      this.#image = undefined;
      return;
    }
    const size = map.getSize();
    const bleed = bleedOf(map);
    const middle = map.project(map.getCenter());
    const [width, height] = [size.x + 2 * bleed, size.y + 2 * bleed];
    const origin = { x: middle.x - width / 2, y: middle.y - height / 2 };
    const field = heatField(this.#heat.places, { width, height, zoom: map.getZoom(), origin }, this.#memory);
    if (canvas.width !== field.columns || canvas.height !== field.rows) {
      canvas.width = field.columns;
      canvas.height = field.rows;
      this.#image = undefined;
    }
    const image = (this.#image ??= pen.createImageData(field.columns, field.rows));
    paintHeat(field, this.#heat.table, image.data);
    pen.putImageData(image, 0, 0);
    canvas.style.width = `${field.columns * field.step}px`;
    canvas.style.height = `${field.rows * field.step}px`;
    // Its first pixel has its middle where the field has its first point.
    const corner = L.point(field.left - field.step / 2 - bleed, field.top - field.step / 2 - bleed);
    L.DomUtil.setPosition(canvas, this.#drawnAt.add(corner));
  }
}
