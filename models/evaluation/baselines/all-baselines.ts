/** Every baseline, in the order in which they are reported. */
import type { Baseline } from './baseline.ts';
import { KERNEL_DENSITY, KERNEL_DENSITY_TUNED } from './kernel-density.ts';
import { NAIVE_MAP } from './naive-map.ts';
import { PROSPECTIVE_HOTSPOTTING } from './prospective-hotspotting.ts';
import { SELF_EXCITING_PROCESS, SELF_EXCITING_PROCESS_TUNED } from './self-exciting-process.ts';
import { SPACE_TIME_KERNEL } from './space-time-kernel.ts';

export const ALL_BASELINES: readonly Baseline[] = [
  NAIVE_MAP,
  KERNEL_DENSITY,
  KERNEL_DENSITY_TUNED,
  SPACE_TIME_KERNEL,
  PROSPECTIVE_HOTSPOTTING,
  SELF_EXCITING_PROCESS,
  SELF_EXCITING_PROCESS_TUNED,
];
