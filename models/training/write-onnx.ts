/** Writes the fitted mixture as an ONNX graph that does all the arithmetic, for every theme in one file. */
import { AFFINITY_COUNT } from '../features/affinity.ts';
import { FEATURE_NAMES } from '../features/feature-vector.ts';
import { KERNEL_COUNT } from '../features/relative-counts.ts';
import type { MixtureWeights } from './mixture-fit.ts';
import { encodeModel, FLOAT, floatTensor, INT64, int64Tensor, node, value } from './onnx-schema.ts';

// Old enough that every runtime in use reads them.
const IR_VERSION = 8;
const OPSET = 13;

/**
 * Inputs: `relative` [cells, kernels], `affinity` [cells, affinities], `expectation` [1], `theme` [1] (int64, an
 * index of `themes`). Outputs: `expected` [cells] and `contributions` [cells, 1 + kernels] (the even spread first),
 * which sum to `expected` along each row. One set of weights per theme.
 */
export function writeOnnx(themes: readonly string[], weights: readonly MixtureWeights[]): Uint8Array {
  const rows = themes.length;
  const graph = {
    name: 'kernel-mixture',
    initializer: [
      floatTensor(
        'bases',
        [rows, 1],
        weights.map(({ base }) => base),
      ),
      floatTensor(
        'kernel_weights',
        [rows, KERNEL_COUNT],
        weights.flatMap(({ kernels }) => kernels),
      ),
      floatTensor(
        'exponents',
        [rows, AFFINITY_COUNT],
        weights.flatMap(({ affinities }) => affinities),
      ),
      int64Tensor('along_row', [1]),
    ],
    input: [
      value('relative', FLOAT, ['cells', KERNEL_COUNT]),
      value('affinity', FLOAT, ['cells', AFFINITY_COUNT]),
      value('expectation', FLOAT, [1]),
      value('theme', INT64, [1]),
    ],
    output: [value('expected', FLOAT, ['cells']), value('contributions', FLOAT, ['cells', KERNEL_COUNT + 1])],
    node: [
      node('Gather', ['bases', 'theme'], ['base'], { axis: 0 }),
      node('Gather', ['kernel_weights', 'theme'], ['weights'], { axis: 0 }),
      node('Gather', ['exponents', 'theme'], ['exponent_row'], { axis: 0 }),
      node('Transpose', ['exponent_row'], ['exponent_column']),
      node('MatMul', ['affinity', 'exponent_column'], ['exponent']),
      node('Exp', ['exponent'], ['rhythm']),
      node('Mul', ['rhythm', 'expectation'], ['scale']),
      node('Transpose', ['weights'], ['weight_column']),
      node('MatMul', ['relative', 'weight_column'], ['kernel_mixture']),
      node('Add', ['kernel_mixture', 'base'], ['mixture']),
      node('Mul', ['mixture', 'scale'], ['expected_column']),
      node('Squeeze', ['expected_column', 'along_row'], ['expected']),
      node('Mul', ['relative', 'weights'], ['weighted']),
      node('Mul', ['weighted', 'scale'], ['kernel_terms']),
      node('Mul', ['scale', 'base'], ['base_term']),
      node('Concat', ['base_term', 'kernel_terms'], ['contributions'], { axis: 1 }),
    ],
  };
  return encodeModel({
    ir_version: IR_VERSION,
    producer_name: 'forewatch',
    opset: OPSET,
    graph,
    metadata: { themes: themes.join(' '), features: FEATURE_NAMES.join(' ') },
  });
}
