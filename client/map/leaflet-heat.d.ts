/** Types of leaflet.heat 0.2.0, as far as it is used; the plugin hangs itself onto Leaflet's global. */
import type { Layer, Map, SimpleHeat } from 'leaflet';

declare module 'leaflet.heat';

declare module 'leaflet' {
  interface HeatOptions {
    /** Pixels; the kernel is a disc of this radius, blurred with a standard deviation of `blur / 2`. */
    radius?: number;
    blur?: number;
    /** Colour by opacity. */
    gradient?: Record<number, string>;
  }
  type HeatPoint = [latitude: number, longitude: number, weight: number];
  /** The painter inside the plugin. */
  interface SimpleHeat {
    _width: number;
    _height: number;
    /** The disc that stands for a point. */
    _circle: HTMLCanvasElement;
    radius(radius: number, blur: number): this;
    gradient(colours: Record<number, string>): this;
    data(points: [x: number, y: number, opacity: number][]): this;
    /** A least opacity of 0 would be taken for 0.05. */
    draw(leastOpacity: number): this;
  }
  class HeatLayer extends Layer {
    constructor(points: HeatPoint[], options?: HeatOptions);
    options: HeatOptions;
    setLatLngs(points: HeatPoint[]): this;
    setOptions(options: HeatOptions): this;
    // What follows the plugin calls itself; it has not changed since 2015.
    _map: Map;
    _latlngs: HeatPoint[];
    _canvas: HTMLCanvasElement;
    _heat: SimpleHeat;
    /** The animation frame in which it will draw, if one is due. */
    _frame: number | null | undefined;
    _initCanvas(): void;
    _updateOptions(): void;
    _reset(): void;
    _redraw(): void;
  }
}

declare global {
  interface Window {
    simpleheat: (canvas: HTMLCanvasElement) => SimpleHeat;
  }
}
