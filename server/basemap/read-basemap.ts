/** What BASEMAP asks for: nothing, raster tiles, or a PMTiles archive, here or on another server. */
import { resolve } from 'node:path';
import type { Basemap } from '../../shared/messages.ts';

/** Where the server hands out the archive that BASEMAP names. */
export const BASEMAP_PATH = '/api/basemap.pmtiles';

const OPEN_STREET_MAP: Basemap = {
  kind: 'raster',
  template: 'https://tile.openstreetmap.org/{z}/{x}/{y}.png',
  attribution: '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors',
};

/** The message says what BASEMAP must be, without its name. */
export class BasemapUnclear extends Error {
  override readonly name = 'BasemapUnclear';
}

export interface BasemapSetting {
  /** As clients are told of it. */
  basemap: Basemap;
  /** Absolute path of the archive behind `BASEMAP_PATH`, which is not looked at yet. */
  file?: string;
}

/** Reads the setting, whose attribution stands after a space. Throws `BasemapUnclear`. */
export function readBasemap(text: string): BasemapSetting {
  if (text === '') return { basemap: OPEN_STREET_MAP };
  if (text === 'none') return { basemap: { kind: 'none' } };
  const [, archive, given = ''] = /^(.+?\.pmtiles(?:\?\S*)?)(?:\s+(.+))?$/i.exec(text) ?? [];
  if (archive !== undefined && /^https?:\/\//.test(archive)) {
    return { basemap: { kind: 'pmtiles', url: archive, attribution: given } };
  }
  if (archive !== undefined && !archive.includes('://')) {
    const basemap: Basemap = { kind: 'pmtiles', url: BASEMAP_PATH, attribution: given };
    return { basemap, file: resolve(archive) };
  }
  const [template = '', ...attribution] = text.split(/\s+/);
  const complete = ['{z}', '{x}', '{y}'].every((part) => template.includes(part));
  if (complete && /^(https?:\/\/|\/)/.test(template)) {
    return { basemap: { kind: 'raster', template, attribution: attribution.join(' ') } };
  }
  throw new BasemapUnclear(
    `must be "none", a PMTiles file or its address, or an address of raster tiles with {z}, {x} and {y}, not "${text}"`,
  );
}
