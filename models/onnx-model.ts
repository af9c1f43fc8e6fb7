/** The trained model as the rest of Forewatch uses it: the only place that knows the ONNX runtime. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { Check, Errors } from 'typebox/value';
import { THEMES } from '../shared/theme.ts';
import { AFFINITY_COUNT } from './features/affinity.ts';
import { FEATURE_NAMES, type Features } from './features/feature-vector.ts';
import { KERNEL_COUNT } from './features/relative-counts.ts';
import { ARTEFACT_FILE, CARD_FILE, cardId, ModelCard, sha256 } from './model-card.ts';

/** The artefact must not be used; the message is one line that says why. */
export class ModelRefused extends Error {
  override readonly name = 'ModelRefused';
}

export interface Prediction {
  /** Incidents expected in the window, one per cell. */
  expected: Float32Array;
  /** Cells × (1 + kernels): what the even spread and each kernel bring; a row sums to what is expected. */
  contributions: Float32Array;
}

// Forecasts share the machine with ingest and gateway, and the graph is too small to gain from threads.
const SESSION: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
};

export class ForecastModel {
  readonly card: ModelCard;
  readonly #session: InferenceSession;
  readonly #themes: readonly string[];

  private constructor(card: ModelCard, session: InferenceSession) {
    this.card = card;
    this.#session = session;
    this.#themes = Object.keys(card.themes);
  }

  /** Reads artefact and card from a folder. Throws `ModelRefused` where they are not there or do not match. */
  static async load(folder: string): Promise<ForecastModel> {
    const [artefact, text] = await Promise.all([
      read(join(folder, ARTEFACT_FILE)),
      read(join(folder, CARD_FILE)),
    ]);
    const card = parseCard(text.toString('utf8'));
    const missing = THEMES.filter((theme) => card.themes[theme] === undefined);
    if (missing.length > 0) throw new ModelRefused(`the model has no weights for ${missing.join(', ')}`);
    return ForecastModel.open(artefact, card);
  }

  /** Throws `ModelRefused` where the card is not the artefact's. */
  static async open(artefact: Uint8Array, card: ModelCard): Promise<ForecastModel> {
    const { id, ...content } = card;
    if (card.sha256 !== sha256(artefact))
      throw new ModelRefused('the model is not the one on its card: sha256 differs');
    if (id !== cardId(content))
      throw new ModelRefused("the model's card was changed after training: its id does not fit");
    if (card.features.join() !== FEATURE_NAMES.join()) {
      throw new ModelRefused('the model was trained on other features than this version computes');
    }
    try {
      return new ForecastModel(card, await InferenceSession.create(artefact, SESSION));
    } catch (cause) {
      throw new ModelRefused('the model cannot be read by the ONNX runtime', { cause });
    }
  }

  get id(): string {
    return this.card.id;
  }

  /** θ of the counts' negative binomial (variance = mean · (1 + θ)). Throws `RangeError` for a theme that the model does not know. */
  dispersionOf(theme: string): number {
    const known = this.card.themes[theme];
    if (known === undefined) throw new RangeError(`model ${this.id} does not know the theme ${theme}`);
    return known.dispersion;
  }

  /**
   * Forecasts and explains: one row per cell, in the order of the features. Throws `RangeError` for a theme that
   * the model does not know.
   */
  async predict(features: Features, theme: string): Promise<Prediction> {
    if (features.cells === 0) return { expected: new Float32Array(0), contributions: new Float32Array(0) };
    const { expected, contributions } = await this.#session.run(this.#inputs(features, theme));
    return { expected: floats(expected), contributions: floats(contributions) };
  }

  /** The same without the explanation, in half the time: for ticks over all cells. */
  async expected(features: Features, theme: string): Promise<Float32Array> {
    if (features.cells === 0) return new Float32Array(0);
    const { expected } = await this.#session.run(this.#inputs(features, theme), ['expected']);
    return floats(expected);
  }

  #inputs({ cells, relative, affinity, expectation }: Features, theme: string): Record<string, Tensor> {
    const index = this.#themes.indexOf(theme);
    if (index < 0) throw new RangeError(`model ${this.id} does not know the theme ${theme}`);
    return {
      relative: new Tensor('float32', relative, [cells, KERNEL_COUNT]),
      affinity: new Tensor('float32', affinity, [cells, AFFINITY_COUNT]),
      expectation: new Tensor('float32', Float32Array.of(expectation), [1]),
      theme: new Tensor('int64', BigInt64Array.of(BigInt(index)), [1]),
    };
  }

  /** Frees what the runtime holds. */
  async close(): Promise<void> {
    await this.#session.release();
  }
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new ModelRefused(`there is no model: ${path} cannot be read`, { cause });
  }
}

function parseCard(text: string): ModelCard {
  let card: unknown;
  try {
    card = JSON.parse(text);
  } catch (cause) {
    throw new ModelRefused("the model's card is not JSON", { cause });
  }
  if (Check(ModelCard, card)) return card;
  const [first] = Errors(ModelCard, card);
  throw new ModelRefused(
    `the model's card is incomplete: ${first?.instancePath ?? ''} ${first?.message ?? ''}`,
  );
}

function floats(tensor: Tensor | undefined): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data;
  throw new ModelRefused('the model does not give what its graph promises');
}
