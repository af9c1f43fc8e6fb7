/** Gives layer components the map they belong to, and puts a canvas on it for as long as they live. */
import { createContext, onMount } from 'svelte';
import { followLook } from '../look/follow-look.svelte.ts';
import { CanvasLayer, type Draw } from './canvas-layer.ts';
import type { L } from './leaflet.ts';
import type { LayerName } from './z-order.ts';

export const [getMap, setMap] = createContext<L.Map>();

/** Call while a component is set up. What `draw` reads is read anew at each `redraw`, and whenever look or language change. */
export function useCanvas(name: LayerName, draw: Draw): CanvasLayer {
  const map = getMap();
  const layer = new CanvasLayer(name, draw);
  onMount(() => {
    layer.addTo(map);
    return () => layer.remove();
  });
  followLook(layer.redraw);
  return layer;
}
