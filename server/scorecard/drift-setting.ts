/** What `FORECAST_DRIFT` asks for: which drift is too much, and what is done about it. */
import type { DriftBounds } from '../../models/evaluation/drift.ts';

const ACTS = ['alert', 'off', 'none'] as const;

export interface DriftSetting extends DriftBounds {
  /** `alert`: it is said; `off`: no such forecast is shown either; `none`: nobody looks. */
  act: (typeof ACTS)[number];
}

/** A third fewer or half as many again: the same factor both ways. */
export const DEFAULT_DRIFT = 'alert 0.67,1.5';

const SETTING = /^(\S+)(?: +(\d+(?:\.\d+)?),(\d+(?:\.\d+)?))?$/;

/** `undefined` where it is none. */
export function readDriftSetting(text: string): DriftSetting | undefined {
  const [, word, low = '0.67', high = '1.5'] = SETTING.exec(text) ?? [];
  const act = ACTS.find((known) => known === word);
  const setting = { low: Number(low), high: Number(high) };
  if (act === undefined || !(setting.low > 0 && setting.low < 1 && setting.high > 1)) return undefined;
  return { act, ...setting };
}
