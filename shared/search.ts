/** What the server finds by a word. */
import type { Force } from './force.ts';
import type { ShownIncident } from './messages.ts';

/** A neighbourhood, and the middle of the box around it, in degrees. */
export interface NamedPlace {
  force: Force;
  name: string;
  lat: number;
  lon: number;
}

export interface SearchFound {
  incidents: ShownIncident[];
  neighbourhoods: NamedPlace[];
}
