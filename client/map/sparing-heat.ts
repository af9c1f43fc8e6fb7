/**
 * leaflet.heat, painted on a canvas of bounded size and without clipping.
 *
 * The plugin colours every pixel of the view in a loop: at 3840 × 2160 that holds up everything else for
 * a tenth of a second and more. Heat is soft, so a coarser canvas, stretched, shows the same. And it cuts
 * off the sum of points that fall together at opacity 1; here the sum goes through 1 − exp(−sum), as the
 * heat scale means it.
 */
import { L } from './leaflet-with-heat.ts';

const MOST_PIXELS = 600_000;
/** The plugin throws a disc's shadow 200 pixels far: of a wider disc it would paint the sharp edge as well. */
const MOST_RADIUS_PIXELS = 60;
/** The plugin takes 0 for 0.05. */
const NO_LEAST_OPACITY = 1e-6;

/** A copy that lies where the processor reads it: from the graphics card it would be fetched for each drawing. */
function inMemory(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext('2d', { willReadFrequently: true })?.drawImage(canvas, 0, 0);
  return copy;
}

export class SparingHeat extends L.HeatLayer {
  override _initCanvas(): void {
    this._canvas = L.DomUtil.create('canvas', 'leaflet-layer leaflet-zoom-hide');
    // Asked for first, this is the context that the plugin gets too: each drawing is read back whole.
    this._canvas.getContext('2d', { willReadFrequently: true });
    this._heat = window.simpleheat(this._canvas);
    this._updateOptions();
  }

  override _updateOptions(): void {
    const { radius = 25, blur = 25, gradient } = this.options;
    this._heat.radius(radius * this.#scale(), blur * this.#scale());
    this._heat._circle = inMemory(this._heat._circle);
    if (gradient) this._heat.gradient(gradient);
  }

  override _reset(): void {
    L.DomUtil.setPosition(this._canvas, this._map.containerPointToLayerPoint([0, 0]));
    this._redraw();
  }

  override _redraw(): void {
    this._frame = null;
    this.#resize();
    const { radius = 25, blur = 25 } = this.options;
    const reach = radius + blur;
    const size = this._map.getSize();
    const squares = new Map<number, { x: number; y: number; weight: number }>();
    for (const [latitude, longitude, weight] of this._latlngs) {
      const { x, y } = this._map.latLngToContainerPoint([latitude, longitude]);
      if (x < -reach || y < -reach || x > size.x + reach || y > size.y + reach) continue;
      // Points closer than a quarter of the kernel are painted as one, at their middle.
      const key = Math.floor((4 * x) / reach) * 65_536 + Math.floor((4 * y) / reach);
      const square = squares.get(key) ?? { x: 0, y: 0, weight: 0 };
      square.x += x * weight;
      square.y += y * weight;
      square.weight += weight;
      squares.set(key, square);
    }
    const scale = this.#scale();
    const painted = [...squares.values()].map(({ x, y, weight }): [number, number, number] => [
      (x / weight) * scale,
      (y / weight) * scale,
      1 - Math.exp(-weight),
    ]);
    this._heat.data(painted).draw(NO_LEAST_OPACITY);
  }

  #resize(): void {
    const size = this._map.getSize();
    const [width, height] = [Math.ceil(size.x * this.#scale()), Math.ceil(size.y * this.#scale())];
    this._canvas.style.width = `${size.x}px`;
    this._canvas.style.height = `${size.y}px`;
    if (this._heat._width === width && this._heat._height === height) return;
    this._canvas.width = this._heat._width = width;
    this._canvas.height = this._heat._height = height;
    this._updateOptions();
  }

  /** Canvas pixels per CSS pixel. */
  #scale(): number {
    const { x, y } = this._map.getSize();
    const { radius = 25 } = this.options;
    return Math.min(1, Math.sqrt(MOST_PIXELS / Math.max(1, x * y)), MOST_RADIUS_PIXELS / radius);
  }
}
