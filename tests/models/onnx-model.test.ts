/** The model that ships can be loaded; one that is missing, broken or of other features is refused in one line. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ARTEFACT_FILE, CARD_FILE, cardId, sha256, type ModelCard } from '../../models/model-card.ts';
import { ForecastModel, ModelRefused } from '../../models/onnx-model.ts';
import { THEMES } from '../../shared/theme.ts';

const SHIPPED = join(import.meta.dirname, '../../models/artifacts');

describe('ForecastModel.load', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'forewatch-model-'));
    for (const file of [ARTEFACT_FILE, CARD_FILE]) await copyFile(join(SHIPPED, file), join(folder, file));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const refusal = async (): Promise<string> => {
    const error: unknown = await ForecastModel.load(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ModelRefused);
    const { message } = error as ModelRefused;
    expect(message).not.toContain('\n');
    return message;
  };

  const changeCard = async (change: (card: Omit<ModelCard, 'id'>) => object): Promise<void> => {
    const { id: _, ...content } = JSON.parse(await readFile(join(folder, CARD_FILE), 'utf8')) as ModelCard;
    const changed = change(content) as Omit<ModelCard, 'id'>;
    await writeFile(join(folder, CARD_FILE), JSON.stringify({ id: cardId(changed), ...changed }));
  };

  it('takes the model that ships, with weights and a spread for every theme', async () => {
    const model = await ForecastModel.load(folder);
    for (const theme of THEMES) expect(model.dispersionOf(theme)).toBeGreaterThan(0);
    expect(model.id).toMatch(/^kernel-mixture-[0-9a-f]{12}$/);
    await model.close();
  });

  it('refuses where there is none', async () => {
    await rm(join(folder, CARD_FILE));
    expect(await refusal()).toContain('there is no model');
  });

  it('refuses an artefact that is not the one on the card', async () => {
    await writeFile(join(folder, ARTEFACT_FILE), 'something else');
    expect(await refusal()).toContain('sha256 differs');
  });

  it('refuses what the runtime cannot read, though the card fits', async () => {
    await writeFile(join(folder, ARTEFACT_FILE), 'something else');
    await changeCard((card) => ({ ...card, sha256: sha256('something else') }));
    expect(await refusal()).toContain('cannot be read by the ONNX runtime');
  });

  it('refuses a model of other features', async () => {
    await changeCard((card) => ({ ...card, features: card.features.toReversed() }));
    expect(await refusal()).toContain('other features');
  });

  it('refuses a model that lacks a theme', async () => {
    await changeCard(({ themes: { vawg: _, ...themes }, ...card }) => ({ ...card, themes }));
    expect(await refusal()).toContain('no weights for vawg');
  });

  it('refuses a card that was edited by hand', async () => {
    const text = await readFile(join(folder, CARD_FILE), 'utf8');
    await writeFile(join(folder, CARD_FILE), text.replace(/"dispersion": [0-9.]+/, '"dispersion": 0.5'));
    expect(await refusal()).toContain('changed after training');
  });

  it('refuses a card that is cut short', async () => {
    await writeFile(join(folder, CARD_FILE), '{"id":');
    expect(await refusal()).toContain('not JSON');
    await writeFile(join(folder, CARD_FILE), '{"id":"x"}');
    expect(await refusal()).toContain('incomplete');
  });
});
