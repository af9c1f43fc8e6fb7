/** `train.rows`: seconds in which all themes learn from a million rows (cells × windows) each, reading the past included. */
import type { KnownIncident } from '../../models/features/counted-incident.ts';
import { trainModel } from '../../models/training/train-model.ts';
import { DAY_MS, TimeZone } from '../../shared/time.ts';
import { patch, START_MS, unevenPast } from '../support/known-incidents.ts';
import { round, type Benchmark } from './bench.ts';

/** 1,951 cells and the 549 shifts of half a year. */
const CELLS = patch(25);
const PAST_DAYS = 730;
const PER_DAY = 130;
const CATEGORIES = [
  'burglary',
  'violence',
  'anti-social-behaviour',
  'other-theft',
  'sexual-offences',
] as const;
const ROUNDS = 3;

export const trainRows: Benchmark = {
  names: ['train.rows'],
  run: (report) => {
    const incidents = unevenPast(CELLS, PAST_DAYS, PER_DAY).map((incident, i): KnownIncident => ({
      ...incident,
      category: CATEGORIES[i % CATEGORIES.length] ?? 'other',
    }));
    const untilMs = START_MS + PAST_DAYS * DAY_MS;
    const seconds = Array.from({ length: ROUNDS }, (_, done) => {
      const beganMs = performance.now();
      const { card } = trainModel({
        ...{ incidents, untilMs, horizon: { hours: 1 }, data: ['synthetic'] },
        timeZone: new TimeZone('Europe/London'),
      });
      report(`round ${done + 1} of ${ROUNDS}: ${CELLS.length} cells, ${card.training.windows}`);
      return (performance.now() - beganMs) / 1_000;
    });
    return Promise.resolve([
      { name: 'train.rows', value: round(Math.max(...seconds)), unit: 's', n: ROUNDS },
    ]);
  },
};
