/** The picture with its list of incidents filtered: the map, its figures and the hotspots stay those of all. */
import type { ShownIncident } from '../../shared/messages.ts';
import { isFiltering, passes, type IncidentFilter } from './incident-filter.ts';
import type { LiveView } from './live-view.svelte.ts';

/** As many as a desk may scroll through. */
const LISTED = 100;

/** To be called where it may derive state: in a component. */
export function filteredBy(view: LiveView, filter: () => IncidentFilter): LiveView {
  // From all that the picture knows, not from the few newest: what is rare would not be among them.
  const known = (_lists: unknown): ShownIncident[] => view.picture.incidents;
  const incidents = $derived.by(() => {
    const wanted = filter();
    if (!isFiltering(wanted)) return view.incidents;
    return known(view.incidents)
      .filter((incident) => passes(wanted, incident))
      .slice(0, LISTED);
  });
  return new Proxy(view, {
    get: (target, key) => {
      if (key === 'incidents') return incidents;
      const value: unknown = Reflect.get(target, key, target);
      // A method must run on the view itself, whose private fields no proxy has.
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
