/** Every benchmark there is. */
import type { Benchmark } from './bench.ts';
import { alertDrawn } from './alert-drawn.ts';
import { alertFalse } from './alert-false.ts';
import { alertPower } from './alert-power.ts';
import { alertScan } from './alert-scan.ts';
import { alertThemes } from './alert-themes.ts';
import { forecastTick } from './forecast-tick.ts';
import { forecastTouch } from './forecast-touch.ts';
import { ingestThroughput } from './ingest-throughput.ts';
import { liveDelta } from './live-delta.ts';
import { playMerseyside } from './play-merseyside.ts';
import { replaySeek, replaySeek30d } from './replay-seek.ts';
import { startDemo } from './start-demo.ts';
import { trainRows } from './train-rows.ts';
import { wallDrawn } from './wall-drawn.ts';
import { wallHeat } from './wall-heat.ts';
import { wallFlow } from './wall-flow.ts';
import { wallLoad } from './wall-load.ts';
import { wallPan } from './wall-pan.ts';
import { wallSoak } from './wall-soak.ts';

export const BENCHMARKS: readonly Benchmark[] = [
  ingestThroughput,
  liveDelta,
  wallDrawn,
  wallHeat,
  wallFlow,
  wallPan,
  wallLoad,
  wallSoak,
  forecastTick,
  forecastTouch,
  trainRows,
  playMerseyside,
  startDemo,
  replaySeek,
  replaySeek30d,
  alertDrawn,
  alertScan,
  alertPower,
  alertFalse,
  alertThemes,
];
