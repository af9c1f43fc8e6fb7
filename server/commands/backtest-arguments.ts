/** What a backtest is asked to do, read from its command line. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ALL_BASELINES } from '../../models/evaluation/baselines/all-baselines.ts';
import type { Baseline } from '../../models/evaluation/baselines/baseline.ts';
import type { IncidentGroup } from '../../models/features/counted-incident.ts';
import { hourWindows, type Horizon, type Span } from '../../models/forecast-windows.ts';
import { CATEGORIES, type Category } from '../../shared/category.ts';
import { belongsTo, THEMES } from '../../shared/theme.ts';
import type { TimeZone } from '../../shared/time.ts';
import { midnightOf, timeZoneOf } from './local-dates.ts';
import { UsageError } from './run-command.ts';

export const BACKTEST_USAGE =
  'npm run backtest -- --data FILE… (--theme NAME | --category a,b) --test-from DATE --test-to DATE ' +
  '(--horizon-hours N | --horizon-months 1) --model (DIR | fit) --out DIR [--timezone Europe/London] [--map MAP.json] ' +
  '[--force-areas (FILE.geojson | none)] [--baselines (none | a,b)]';

export interface BacktestArguments {
  files: string[];
  group: IncidentGroup;
  timeZone: TimeZone;
  span: Span;
  horizon: Horizon;
  /** A folder, or undefined to train on what lies before the span. */
  modelFolder: string | undefined;
  mapFile: string | undefined;
  /** Undefined where it is not said: then the imported ones, where there are any. */
  forceAreas: { file: string } | 'none' | undefined;
  /** Beside the naive map, which is always there. */
  baselines: readonly Baseline[];
  out: string;
}

/** Throws `UsageError`, or what `parseArgs` throws. */
export function readBacktestArguments(args: string[], defaultTimeZone: string): BacktestArguments {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      data: { type: 'string', multiple: true, default: [] },
      theme: { type: 'string' },
      category: { type: 'string' },
      'test-from': { type: 'string' },
      'test-to': { type: 'string' },
      'horizon-hours': { type: 'string' },
      'horizon-months': { type: 'string' },
      timezone: { type: 'string', default: defaultTimeZone },
      model: { type: 'string' },
      map: { type: 'string' },
      'force-areas': { type: 'string' },
      baselines: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const files = [...values.data, ...positionals].map((file) => resolve(file));
  if (files.length === 0) throw new UsageError('--data is missing');
  if (values.model === undefined) throw new UsageError('--model is missing: a folder, or fit');
  if (values.out === undefined) throw new UsageError('--out is missing');
  const timeZone = timeZoneOf(values.timezone);
  const fromMs = midnightOf('--test-from', values['test-from'], timeZone);
  const toMs = midnightOf('--test-to', values['test-to'], timeZone);
  if (toMs <= fromMs) throw new UsageError('--test-to must lie after --test-from');
  return {
    files,
    group: groupOf(values.theme, values.category),
    timeZone,
    span: { fromMs, toMs },
    horizon: horizonOf(values['horizon-hours'], values['horizon-months'], timeZone),
    modelFolder: values.model === 'fit' ? undefined : resolve(values.model),
    mapFile: values.map === undefined ? undefined : resolve(values.map),
    forceAreas: forceAreasOf(values['force-areas']),
    baselines: baselinesOf(values.baselines),
    out: resolve(values.out),
  };
}

function groupOf(theme: string | undefined, category: string | undefined): IncidentGroup {
  if ((theme === undefined) === (category === undefined))
    throw new UsageError('give either --theme or --category');
  if (category === undefined) {
    const known = THEMES.find((name) => name === theme);
    if (known === undefined) throw new UsageError(`--theme ${theme ?? ''} is none of ${THEMES.join(', ')}`);
    return { name: known, includes: (incident) => belongsTo(known, incident) };
  }
  const wanted = new Set<Category>();
  for (const name of category.split(',').map((part) => part.trim())) {
    const known = CATEGORIES.find((one) => one === name);
    if (known === undefined) throw new UsageError(`--category ${name} is none of ${CATEGORIES.join(', ')}`);
    wanted.add(known);
  }
  return { name: [...wanted].join(','), includes: (incident) => wanted.has(incident.category) };
}

function horizonOf(hours: string | undefined, months: string | undefined, timeZone: TimeZone): Horizon {
  if ((hours === undefined) === (months === undefined)) {
    throw new UsageError('give either --horizon-hours or --horizon-months');
  }
  if (months !== undefined) {
    if (months !== '1') throw new UsageError(`--horizon-months ${months}: only 1 is possible`);
    return { months: 1 };
  }
  try {
    hourWindows({ fromMs: 0, toMs: 0 }, Number(hours), timeZone);
  } catch (cause) {
    throw new UsageError(`--horizon-hours ${hours ?? ''} neither divides a day nor is whole days`, { cause });
  }
  return { hours: Number(hours) };
}

function forceAreasOf(text: string | undefined): BacktestArguments['forceAreas'] {
  return text === undefined || text === 'none' ? text : { file: resolve(text) };
}

function baselinesOf(text: string | undefined): readonly Baseline[] {
  if (text === undefined) return ALL_BASELINES;
  if (text === 'none') return [];
  return text.split(',').map((name) => {
    const known = ALL_BASELINES.find((baseline) => baseline.name === name.trim());
    if (known !== undefined) return known;
    const names = ALL_BASELINES.map((baseline) => baseline.name).join(', ');
    throw new UsageError(`--baselines ${name} is neither none nor one of ${names}`);
  });
}
