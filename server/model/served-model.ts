/** The model that this process forecasts with: follows its folder, so that a promoted one is taken up without a restart. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { ARTEFACT_FILE, CARD_FILE } from '../../models/model-card.ts';
import { ForecastModel } from '../../models/onnx-model.ts';

/** The model, or why there is none: the map outlives it. */
export type LoadedModel = { loaded: ForecastModel } | { unavailable: string };

export class ServedModel {
  readonly #folder: string;
  readonly #log: FastifyBaseLogger;
  #current: LoadedModel = { unavailable: 'the model was not read yet' };
  #readAs = '';
  /** The one before: a forecast may still be under way with it. */
  #retired: ForecastModel | undefined;
  #refusal: string | undefined;

  private constructor(folder: string, log: FastifyBaseLogger) {
    this.#folder = folder;
    this.#log = log;
  }

  static async open(folder: string, log: FastifyBaseLogger): Promise<ServedModel> {
    const served = new ServedModel(folder, log);
    await served.refresh();
    return served;
  }

  get current(): LoadedModel {
    return this.#current;
  }

  /** Why what lies in the folder now is not used, while an earlier one still is. */
  get refusal(): string | undefined {
    return this.#refusal;
  }

  /** Reads the folder anew where its files have changed; what can't be used is refused, and the model in use stays. */
  async refresh(): Promise<void> {
    const files = await this.#stamp();
    if (files === this.#readAs) return;
    this.#readAs = files;
    try {
      const loaded = await ForecastModel.load(this.#folder);
      this.#refusal = undefined;
      await this.#take(loaded);
    } catch (error) {
      this.#refuse(error);
    }
  }

  async #take(loaded: ForecastModel): Promise<void> {
    const before = 'loaded' in this.#current ? this.#current.loaded : undefined;
    if (before?.id === loaded.id) {
      await loaded.close();
      return;
    }
    this.#current = { loaded };
    this.#log.info({ model: loaded.id, before: before?.id }, 'forecasting with another model');
    const retired = this.#retired;
    this.#retired = before;
    await retired?.close();
  }

  #refuse(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if ('unavailable' in this.#current) {
      this.#current = { unavailable: reason };
      this.#log.warn({ err: error }, 'no forecast: the model cannot be used');
    } else {
      this.#refusal = reason;
      this.#log.warn({ err: error, model: this.#current.loaded.id }, 'a changed model is refused');
    }
  }

  /** Changes with either file; a file that is not there counts too. */
  async #stamp(): Promise<string> {
    const stamps = [ARTEFACT_FILE, CARD_FILE].map(async (name) => {
      try {
        const { mtimeMs, size, ino } = await stat(join(this.#folder, name));
        return `${mtimeMs}:${size}:${ino}`;
      } catch {
        return 'none';
      }
    });
    return (await Promise.all(stamps)).join('|');
  }
}
