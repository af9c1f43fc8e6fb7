/** Every benchmark there is. */
import type { Benchmark } from './bench.ts';
import { ingestThroughput } from './ingest-throughput.ts';

export const BENCHMARKS: readonly Benchmark[] = [ingestThroughput];
