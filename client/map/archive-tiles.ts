/** Opens a PMTiles archive as a Leaflet layer; loaded only where the basemap is one. */
import { EtagMismatch, FetchSource, PMTiles, TileType, type RangeResponse } from 'pmtiles';
import { leafletLayer } from 'protomaps-leaflet';
import { labelRules, paintRules } from './basemap-style.ts';
import { markUnitPixels, unitPixels } from './canvas-layer.ts';
import type { L } from './leaflet.ts';
import { RasterArchive } from './raster-archive.ts';

/** From this size of the unit on a screen is so large that tiles of twice the width fill it better. */
const LARGE_UNIT_PIXELS = 16;

/** An image enlarged further shows nothing, and browsers fail to draw it: then the drawn base says more. */
const MOST_OVERZOOM = 4;

export interface ArchiveTiles {
  layer: L.GridLayer;
  /** HTML, or empty where the archive says nothing. */
  attribution: string;
  /** Raster tiles are as bright as their maker wanted; vector tiles have the wall's colours. */
  kind: 'raster' | 'vector';
}

export interface ArchiveOptions {
  url: string;
  pane: string;
  /** Of names on the map, as two letters. */
  language: string;
  /** Told of each read whether it reached the archive. */
  onread: (reached: boolean) => void;
}

/** Rejects where the archive cannot be read now. */
export async function archiveTiles({ url, pane, language, onread }: ArchiveOptions): Promise<ArchiveTiles> {
  const archive = new PMTiles(new WatchedSource(url, onread));
  const { tileType, minZoom, maxZoom } = await archive.getHeader();
  const { attribution } = (await archive.getMetadata()) as { attribution?: unknown };
  const said = typeof attribution === 'string' ? attribution : '';
  if (tileType !== TileType.Mvt) {
    const zooms = { minNativeZoom: minZoom, maxNativeZoom: maxZoom, maxZoom: maxZoom + MOST_OVERZOOM };
    const layer = new RasterArchive(archive, { pane, ...zooms });
    return { layer, attribution: said, kind: 'raster' };
  }
  const unit = markUnitPixels();
  // A canvas measures text with whatever typeface is there.
  await document.fonts.load('16px "IBM Plex Sans Variable"');
  const options = {
    url: archive,
    // Else it would show one of its own; the archive's is shown by whoever shows the layer.
    attribution: '',
    pane,
    maxDataZoom: maxZoom,
    levelDiff: unitPixels() < LARGE_UNIT_PIXELS ? 1 : 2,
    paintRules: paintRules(unit),
    labelRules: labelRules(unit, language),
  };
  // Its types know nothing of Leaflet's, on whose classes it is built.
  const layer: unknown = leafletLayer(options);
  return { layer: layer as L.GridLayer, attribution: said, kind: 'vector' };
}

class WatchedSource extends FetchSource {
  readonly #onread: (reached: boolean) => void;

  constructor(url: string, onread: (reached: boolean) => void) {
    super(url);
    this.#onread = onread;
  }

  override async getBytes(...range: Parameters<FetchSource['getBytes']>): Promise<RangeResponse> {
    try {
      const bytes = await super.getBytes(...range);
      this.#onread(true);
      return bytes;
    } catch (error) {
      // Turned away from, or read anew by the reader itself because the archive was replaced.
      const isLost = !(error instanceof EtagMismatch || (error as Error).name === 'AbortError');
      if (isLost) this.#onread(false);
      throw error;
    }
  }
}
