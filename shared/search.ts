/** What the server finds by a word. */
import type { ShownIncident } from './messages.ts';

export interface SearchFound {
  incidents: ShownIncident[];
}
