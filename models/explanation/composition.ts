/** Takes a forecast apart: what the area's level, past incidents through each kernel, and a cell's own hours bring to it. */
import { AFFINITY_COUNT } from '../features/affinity.ts';
import { featureRows, type FeatureContext, type Features } from '../features/feature-vector.ts';
import { KERNEL_COUNT } from '../features/relative-counts.ts';
import type { ForecastModel } from '../onnx-model.ts';

/** Of some cells together, in expected incidents: `expected` = `level` + Σ `kernels` + `rhythm`, but for rounding of 1e-15. */
export interface Composition {
  expected: number;
  /** What the cells would be expected to see had nothing ever happened in them or beside them: all cells have it alike. */
  level: number;
  /** What past incidents bring through each of `MODEL_KERNELS`, at the hours that are usual in the area. */
  kernels: number[];
  /** What it adds that these are more the cells' own hours than others are; negative where they are less. */
  rhythm: number;
  /** The past incidents themselves, decayed by each of `MODEL_KERNELS`; one beside two of the cells counts twice. */
  decayed: number[];
}

/** What goes for all cells of an area. */
export interface AreaTerms {
  /** What its mean cell expects. */
  meanCell: number;
  /** What a cell expects where nothing ever happened, nor beside it. */
  emptyCell: number;
  /** What an incident that happens now brings to a cell through each of `MODEL_KERNELS`. */
  perIncident: number[];
}

/**
 * Composes the forecast of each set of cells, given by their indices in the history that `context` was made of.
 * All arithmetic is the model's own graph's: it also forecasts the same cells at hours that are nobody's more than
 * others', a cell without incidents, and the mean cell; the terms are differences between these.
 */
export async function compose(
  model: ForecastModel,
  context: FeatureContext,
  theme: string,
  sets: readonly Int32Array[],
): Promise<{ area: AreaTerms; compositions: Composition[] }> {
  const cells = Int32Array.from(sets.flatMap((set) => [...set]));
  const count = cells.length;
  const { relative } = context;
  const features = withReferences(featureRows(context, cells), relative.shift);
  const { expected, contributions } = await model.predict(features, theme);
  const row = (index: number): Float32Array =>
    contributions.subarray(index * (KERNEL_COUNT + 1), (index + 1) * (KERNEL_COUNT + 1));
  const [empty, mean] = [row(2 * count), row(2 * count + 1)];
  const emptyCell = sum(empty);
  let from = 0;
  const compositions = sets.map((set): Composition => {
    const own = Array.from(set, (_, i) => from + i);
    from += set.length;
    const kernels = columns((k) => sum(own.map((r) => (row(count + r)[k + 1] ?? 0) - (empty[k + 1] ?? 0))));
    const level = emptyCell * own.length;
    const total = sum(own.map((r) => expected[r] ?? 0));
    const decayed = columns((k) => {
      const perIncident = relative.perIncident[k] ?? 0;
      if (perIncident === 0) return 0;
      const shift = Math.fround(relative.shift[k] ?? 0);
      return sum(own.map((r) => (features.relative[r * KERNEL_COUNT + k] ?? 0) - shift)) / perIncident;
    });
    return { expected: total, level, kernels, rhythm: total - level - sum(kernels), decayed };
  });
  const perIncident = columns((k) => (mean[k + 1] ?? 0) * (relative.perIncident[k] ?? 0));
  return { area: { meanCell: sum(mean), emptyCell, perIncident }, compositions };
}

/** The rows, the same without rhythm, then a cell where nothing happened and the mean cell. */
function withReferences(
  { cells, relative, affinity, expectation }: Features,
  nothing: Float64Array,
): Features {
  const rows = 2 * cells + 2;
  const all = {
    relative: new Float32Array(rows * KERNEL_COUNT),
    affinity: new Float32Array(rows * AFFINITY_COUNT),
  };
  all.relative.set(relative);
  all.relative.set(relative, cells * KERNEL_COUNT);
  all.relative.set(nothing, 2 * cells * KERNEL_COUNT);
  all.relative.fill(1, (2 * cells + 1) * KERNEL_COUNT);
  all.affinity.set(affinity);
  return { cells: rows, ...all, expectation };
}

function columns(value: (kernel: number) => number): number[] {
  return Array.from({ length: KERNEL_COUNT }, (_, kernel) => value(kernel));
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
