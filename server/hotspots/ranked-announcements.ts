/** Turns one theme's forecast into what LIVE is told: the hotspots, fine and coarse, and the cells that moved. */
import type { HotspotsRanked } from '../../shared/announcement.ts';
import type { Cell } from '../../shared/cell.ts';
import type { ForecastWindow } from '../../shared/forecast.ts';
import { formatInstant, HOUR_MS } from '../../shared/time.ts';
import type { CoarseCells } from './coarse-cells.ts';
import { hotspotsOf } from './hotspots-of.ts';
import { rankHotspots, type RankedCell } from './rank.ts';

type Subject = Pick<HotspotsRanked, 'at' | 'force' | 'theme' | 'horizonHours'>;
type NoticedSubject = Subject & Pick<HotspotsRanked, 'notice'>;

export interface RankedForecast extends NoticedSubject {
  forecast: {
    window: ForecastWindow;
    modelId: string;
    knowsHours: boolean;
    cells: readonly Cell[];
    expected: Float32Array;
  };
  /** The cells that are hotspots. */
  ranked: readonly RankedCell[];
  moved: HotspotsRanked['moved'];
  /** Of the theme's counts: variance = mean · (1 + dispersion). */
  dispersion: number;
  /** Incidents of the last `horizonHours` by fine cell: all, and those that may be told of so finely. */
  observed: ReadonlyMap<Cell, number>;
  observedFinely: (cell: Cell) => number;
  /** Of this force: one on a border counts what happened on this side of it. */
  coarseCells: CoarseCells;
}

/** So many moved cells fit into one message beside the hotspots. */
const MOVED_PER_MESSAGE = 7_000;

export function rankedAnnouncements({
  forecast,
  ranked,
  moved,
  dispersion,
  observed,
  observedFinely,
  coarseCells,
  ...subject
}: RankedForecast): HotspotsRanked[] {
  const { window, modelId, knowsHours, cells, expected } = forecast;
  const coarse = rankHotspots(coarseCells.cells, coarseCells.sums(cells, expected));
  const observedIn = ({ index }: RankedCell): number =>
    (coarseCells.members[index] ?? []).reduce((sum, fine) => sum + (observed.get(cells[fine] ?? '') ?? 0), 0);
  const ranking = {
    type: 'hotspots.ranked' as const,
    ...subject,
    window,
    modelId,
    unavailable: null,
    ...(!knowsHours && { hoursUnknown: true as const }),
    areaCells: expected.length,
    hotspots: hotspotsOf(ranked, dispersion, ({ cell }) => observedFinely(cell)),
    coarse: {
      areaCells: coarseCells.cells.length,
      hotspots: hotspotsOf(coarse, dispersion, observedIn),
    },
  };
  const parts = Math.max(1, Math.ceil(moved.length / MOVED_PER_MESSAGE));
  return Array.from({ length: parts }, (_, part) => ({
    ...ranking,
    moved: moved.slice(part * MOVED_PER_MESSAGE, (part + 1) * MOVED_PER_MESSAGE),
  }));
}

/** Says that there is no forecast, and why. */
export function unavailableAnnouncement(subject: Subject, reason: string, nowMs: number): HotspotsRanked {
  return {
    type: 'hotspots.ranked',
    ...subject,
    window: { from: formatInstant(nowMs), to: formatInstant(nowMs + subject.horizonHours * HOUR_MS) },
    modelId: null,
    unavailable: reason,
    areaCells: 0,
    hotspots: [],
    coarse: { areaCells: 0, hotspots: [] },
    moved: [],
  };
}
