/** The simulated city as the scan sees it: its cells, and what is expected in each at each hour of the week. */
import type { Intensity } from '../../server/simulator/intensity.ts';
import type { Occasion } from '../../server/simulator/rhythm.ts';
import { ScanGrid } from '../../models/emerging/scan-grid.ts';
import type { WeeklyField } from '../../models/emerging/weekly-field.ts';
import { HOURS_PER_WEEK, TimeZone } from '../../shared/time.ts';

export const LONDON = new TimeZone('Europe/London');

export interface EmergingCity {
  grid: ScanGrid;
  field: WeeklyField;
}

export function emergingCity(intensity: Intensity, counts?: (occasion: Occasion) => number): EmergingCity {
  const grid = new ScanGrid();
  const hours = Array.from({ length: HOURS_PER_WEEK }, (_, hour) => intensity.inHour(hour, counts));
  for (const hour of hours) for (const cell of hour.keys()) grid.take(cell);
  const layers = hours.map((hour) => grid.arranged([...hour.keys()], Float32Array.from(hour.values())));
  return { grid, field: { layers, hours: layers.map((_, layer) => ({ layer, weight: 1 })) } };
}
