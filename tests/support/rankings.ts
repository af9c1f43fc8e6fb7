/** Rankings as a forecaster announces them, of as many hotspots as a test needs. */
import type { HotspotsRanked } from '../../shared/announcement.ts';
import { cellAt } from '../../shared/cell.ts';
import { formatInstant } from '../../shared/time.ts';

/** Cells from south to north, no two alike; each hotspot has some 90 bytes. */
export function ranking(
  key: Pick<HotspotsRanked, 'force' | 'theme' | 'horizonHours'>,
  count: number,
  areaCells = count,
): HotspotsRanked {
  const at = formatInstant(Date.now());
  const hotspots = Array.from({ length: count }, (_, index) => ({
    ...{ rank: index + 1, cell: cellAt(50 + index * 0.004, 0.5) },
    ...{ expected: 1, lower: 0, upper: 2, observed: 0 },
  }));
  return {
    ...{ type: 'hotspots.ranked', at, ...key, window: { from: at, to: at } },
    ...{ modelId: 'model', unavailable: null, areaCells, hotspots, moved: [] },
    coarse: { areaCells: 0, hotspots: [] },
  };
}
