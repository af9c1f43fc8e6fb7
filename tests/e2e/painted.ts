/** What is painted on a layer of the map. */
import type { Page } from '@playwright/test';
import type { LayerName } from '../../client/map/z-order.ts';

/** How many of a layer's pixels are painted; 0 where the layer is out of the picture. */
export function painted(page: Page, layer: LayerName): Promise<number> {
  return page.evaluate((name) => {
    const canvas = document.querySelector<HTMLCanvasElement>(`.leaflet-forewatch-${name}-pane canvas`);
    if (canvas === null || canvas.style.display === 'none' || canvas.width === 0) return 0;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let count = 0;
    for (let index = 3; index < pixels.length; index += 4) if ((pixels[index] ?? 0) > 0) count++;
    return count;
  }, layer);
}
