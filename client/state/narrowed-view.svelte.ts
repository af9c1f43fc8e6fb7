/** The picture narrowed to one area: what is listed, counted and fitted lies within it, all else stays as it is. */
import { cellCentre } from '../../shared/cell.ts';
import { boundsOf, isWithin, middleOf, type DrawnArea } from '../../shared/display-area.ts';
import type { ShownIncident } from '../../shared/messages.ts';
import { NOWHERE_YET } from './area.ts';
import { sum, within } from './cells-within.ts';
import type { LiveView } from './live-view.svelte.ts';

/** As many as a desk may scroll through. */
const LISTED = 100;

type Narrowed = Pick<
  LiveView,
  'heat' | 'heatWeights' | 'hotspots' | 'incidents' | 'periods' | 'area' | 'unlisted'
> & {
  nowCast: null;
  isPart: true;
};

/**
 * To be called where it may derive state: in a component or a derived. What is known of the whole force alone, and
 * would be wrong beside a part's figures, is null.
 */
export function narrowedTo(view: LiveView, area: DrawnArea): LiveView {
  const isInside = (cell: string): boolean => isWithin(area, ...cellCentre(cell));
  // The picture itself is not reactive: it is read anew whenever the lists made of it are.
  const known = (_lists: unknown): ShownIncident[] =>
    view.picture.incidents.filter(({ cell }) => isInside(cell));
  const countedInADay = (_heat: unknown): number => sum(within(view.picture.totals(24), isInside));

  const heat = $derived(within(view.heat, isInside));
  const heatWeights = $derived(within(view.heatWeights, isInside));
  const hotspots = $derived(view.hotspots.filter(({ cell }) => isInside(cell)));
  // From all that is known, not from the few newest that a whole force's list has: a quiet corner must not look silent.
  const incidents = $derived(known(view.incidents).slice(0, LISTED));
  // Those that came with too many others to be named: told where else nothing would be.
  const unlisted = $derived(known(view.incidents).length > 0 ? 0 : countedInADay(view.heat));
  const periods = $derived(
    view.periods.flatMap((period) => {
      const cells = within(period.cells, isInside);
      const total = sum(cells);
      return total === 0 ? [] : [{ ...period, cells, total }];
    }),
  );
  const bounds = { ...boundsOf(area), centre: middleOf(area) };
  const own: Narrowed = {
    get heat() {
      return heat;
    },
    get heatWeights() {
      return heatWeights;
    },
    get hotspots() {
      return hotspots;
    },
    get incidents() {
      return incidents;
    },
    get periods() {
      return periods;
    },
    area: bounds,
    get unlisted() {
      return unlisted;
    },
    nowCast: null,
    isPart: true,
  };
  return withOwn(view, own);
}

/** The whole picture, shown from so high that all of England and Wales is seen. */
export function seenFromAbove(view: LiveView): LiveView {
  return withOwn(view, { area: NOWHERE_YET });
}

function withOwn(view: LiveView, own: Partial<LiveView>): LiveView {
  return new Proxy(view, {
    get: (target, key) => (Reflect.has(own, key) ? Reflect.get(own, key) : ofView(target, key)) as unknown,
  });
}

/** A method must run on the view itself, whose private fields no proxy has. */
function ofView(view: LiveView, key: string | symbol): unknown {
  const value: unknown = Reflect.get(view, key, view);
  return typeof value === 'function' ? (value.bind(view) as unknown) : value;
}
