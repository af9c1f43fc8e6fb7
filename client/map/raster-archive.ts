/** A Leaflet layer of the images in a PMTiles archive. */
import type { PMTiles } from 'pmtiles';
import { L } from './leaflet.ts';

export class RasterArchive extends L.GridLayer {
  readonly #archive: PMTiles;

  constructor(archive: PMTiles, options: L.GridLayerOptions) {
    super(options);
    this.#archive = archive;
  }

  /** A tile that the archive does not hold stays empty, and the drawn base shows through. */
  protected override createTile({ x, y, z }: L.Coords, done: L.DoneCallback): HTMLElement {
    const image = document.createElement('img');
    image.alt = '';
    this.#archive.getZxy(z, x, y).then(
      (tile) => {
        if (tile === undefined) {
          done(undefined, image);
          return;
        }
        // Browsers know an image by its first bytes, whatever the type says.
        const address = URL.createObjectURL(new Blob([tile.data]));
        const end = (error?: Error): void => {
          URL.revokeObjectURL(address);
          done(error, image);
        };
        image.onload = () => {
          end();
        };
        image.onerror = () => {
          end(new Error(`tile ${z}/${x}/${y} is no image`));
        };
        image.src = address;
      },
      (error: unknown) => {
        done(error instanceof Error ? error : new Error(String(error)), image);
      },
    );
    return image;
  }
}
