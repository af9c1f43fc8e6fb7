/** The card that goes with each artefact: what it was made from, what it holds, and what it is good for. */
import { createHash } from 'node:crypto';
import Type, { type Static } from 'typebox';

const Numbers = Type.Record(Type.String(), Type.Number());

const ThemeCard = Type.Object({
  /** Whose weights these are: the theme's own, or those of the rarest theme that could be fitted where it had too few. */
  fittedOn: Type.String(),
  /** Incidents of the theme in the windows that were fitted to. */
  incidents: Type.Integer(),
  /** The even spread's weight, and each kernel's: shares of the expectation that add up to about 1. */
  evenSpread: Type.Number({ minimum: 0 }),
  kernels: Numbers,
  affinities: Numbers,
  /** θ of the negative binomial: variance = mean · (1 + θ), whatever the horizon. */
  dispersion: Type.Number({ minimum: 0 }),
});
export type ThemeCard = Static<typeof ThemeCard>;

const Training = Type.Object({
  data: Type.Array(Type.String()),
  timeZone: Type.String(),
  /** Local dates: the first incident, the first window fitted to, and the day before which all lies. */
  dataFrom: Type.String(),
  windowsFrom: Type.String(),
  until: Type.String(),
  windows: Type.String(),
  /** Before `until`, of all themes. */
  incidents: Type.Integer(),
});

/** Holds nothing of the clock or the machine: the same incidents give the same card. */
export const ModelCard = Type.Object({
  /** Named by the hash of all that follows. */
  id: Type.String(),
  /** Of the artefact. */
  sha256: Type.String(),
  method: Type.String(),
  features: Type.Array(Type.String()),
  themes: Type.Record(Type.String(), ThemeCard),
  training: Training,
  intendedUse: Type.String(),
  limits: Type.Array(Type.String()),
});
export type ModelCard = Static<typeof ModelCard>;

export const ARTEFACT_FILE = 'forecast.onnx';
export const CARD_FILE = 'forecast.card.json';

const ID_DIGITS = 12;

export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The only id that fits a card: it changes with the artefact, the data or any figure. */
export function cardId(card: Omit<ModelCard, 'id'>): string {
  return `kernel-mixture-${sha256(JSON.stringify(card)).slice(0, ID_DIGITS)}`;
}

const LINE_WIDTH = 110;

/** The card as a file, laid out as the repository's formatter would, so that it can be committed as it comes. */
export function formatCard(card: ModelCard): string {
  const expanded = JSON.stringify(card, null, 2);
  const compact = expanded.replaceAll(/^.*\[\n[^[\]{}]*\]/gm, (list) => {
    const line = list.replaceAll(/\n\s*/g, ' ').replace('[ ', '[').replace(' ]', ']');
    // A comma may follow.
    return line.length < LINE_WIDTH ? line : list;
  });
  return `${compact}\n`;
}
