/** The picture narrowed to one area: what is listed, counted and fitted lies within it, all else stays as it is. */
import { cellCentre } from '../../shared/cell.ts';
import { boundsOf, isWithin, middleOf, type DrawnArea } from '../../shared/display-area.ts';
import type { LiveView } from './live-view.svelte.ts';

/** As many as a desk may scroll through. */
const LISTED = 100;

type Narrowed = Pick<LiveView, 'heat' | 'hotspots' | 'incidents' | 'periods' | 'area' | 'unlisted'> & {
  nowCast: null;
};

/**
 * To be called where it may derive state: in a component or a derived. What is known of the whole force alone, and
 * would be wrong beside a part's figures, is null.
 */
export function narrowedTo(view: LiveView, area: DrawnArea): LiveView {
  const isInside = (cell: string): boolean => isWithin(area, ...cellCentre(cell));
  const inside = (cells: ReadonlyMap<string, number>): Map<string, number> =>
    new Map([...cells].filter(([cell]) => isInside(cell)));
  const heat = $derived(inside(view.heat));
  const hotspots = $derived(view.hotspots.filter(({ cell }) => isInside(cell)));
  // From all that is known, not from the few newest that a whole force's list has: a quiet corner must not look silent.
  const incidents = $derived.by(() => {
    void view.incidents;
    return view.picture.incidents.filter(({ cell }) => isInside(cell)).slice(0, LISTED);
  });
  const unlisted = $derived.by(() => {
    void view.heat;
    const counted = sum(inside(view.picture.totals(24)));
    return Math.max(0, counted - view.picture.incidents.filter(({ cell }) => isInside(cell)).length);
  });
  const periods = $derived(
    view.periods.flatMap((period) => {
      const cells = inside(period.cells);
      const total = sum(cells);
      return total === 0 ? [] : [{ ...period, cells, total }];
    }),
  );
  const bounds = { ...boundsOf(area), centre: middleOf(area) };
  const own: Narrowed = {
    get heat() {
      return heat;
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
  };
  return new Proxy(view, {
    get: (target, key) => (Reflect.has(own, key) ? Reflect.get(own, key) : ofView(target, key)) as unknown,
  });
}

function sum(cells: ReadonlyMap<string, number>): number {
  return cells.values().reduce((total, count) => total + count, 0);
}

/** A method must run on the view itself, whose private fields no proxy has. */
function ofView(view: LiveView, key: string | symbol): unknown {
  const value: unknown = Reflect.get(view, key, view);
  return typeof value === 'function' ? (value.bind(view) as unknown) : value;
}
