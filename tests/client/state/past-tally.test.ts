/** The heat of a week: the past beside the live counts, each incident once, whatever is corrected meanwhile. */
import { beforeEach, describe, expect, it } from 'vitest';
import { FeedClock } from '../../../client/state/feed-clock.ts';
import { recencyOf } from '../../../client/state/heat-window.ts';
import { pastPath, type PastQuestion } from '../../../client/state/past-tally.ts';
import { Picture } from '../../../client/state/picture.ts';
import { HARM_DAYS } from '../../../shared/harm.ts';
import { COUNT_STEP_MS, type ShownSuperseded } from '../../../shared/messages.ts';
import type { PastCounts } from '../../../shared/past-counts.ts';
import { DAY_MS, formatInstant, HOUR_MS } from '../../../shared/time.ts';
import { CITY_CELL, incident, NOON, OTHER_CELL, snapshot, stored } from '../frames.ts';
import { VirtualTimers } from '../virtual-timers.ts';

const WEEK = 168;
let timers: VirtualTimers;
let picture: Picture;

beforeEach(() => {
  timers = new VirtualTimers();
  const clock = new FeedClock(() => timers.now());
  picture = new Picture(clock);
  clock.sync(NOON + 10 * 60_000, 1);
  picture.applySnapshot(
    snapshot({ counts: [{ theme: 'all', cell: CITY_CELL, steps: [[stepAgo(2), 3, 573]] }] }),
    'first',
  );
});

function stepAgo(hours: number): number {
  return Math.floor((NOON - hours * HOUR_MS) / COUNT_STEP_MS);
}

function answer(...cells: PastCounts['cells']): PastCounts {
  return { theme: 'all', from: '', to: '', cells };
}

function ask(): PastQuestion {
  const question = picture.pastQuestion(WEEK);
  if (question === undefined) throw new Error('nothing to ask');
  picture.past.asked(question);
  return question;
}

const hourAgo = (hours: number): number => NOON / HOUR_MS - hours;
const known = (cell = CITY_CELL, count = 5): PastCounts['cells'][number] => ({
  cell,
  hours: [[hourAgo(30), count, count * HARM_DAYS.burglary]],
});
let seq = 10;
function correct(
  before: { hoursAgo: number; cell?: string } | undefined,
  after: { hoursAgo: number } | 'cancelled',
): void {
  const at = (hours: number): string => formatInstant(NOON - hours * HOUR_MS);
  const told = incident({
    id: `moved-${seq}`,
    revision: 2,
    occurredAt: at(after === 'cancelled' ? 30 : after.hoursAgo),
  });
  const superseded: ShownSuperseded | undefined =
    before === undefined
      ? undefined
      : {
          ...told,
          revision: 1,
          occurredAt: at(before.hoursAgo),
          cell: before.cell ?? CITY_CELL,
          period: null,
        };
  picture.applyStored(
    stored(++seq, {
      incident: { ...told, status: after === 'cancelled' ? 'cancelled' : 'open' },
      ...(superseded && { superseded }),
    }),
  );
}
const total = (): number =>
  picture
    .totals(WEEK)
    .values()
    .reduce((sum, count) => sum + count, 0);

describe('a week', () => {
  it('is asked for from a week ago to where live counts know all, in whole hours', () => {
    const question = ask();
    expect(question.fromMs).toBe(NOON - 7 * DAY_MS);
    expect(question.toMs).toBe(NOON - 23 * HOUR_MS);
    expect(pastPath(question)).toBe(
      '/api/counts?theme=all&from=2026-06-03T12%3A00%3A00.000Z&to=2026-06-09T13%3A00%3A00.000Z',
    );
    expect(picture.pastQuestion(24)).toBeUndefined();
  });

  it('is known once it is answered, and live and past counts are one', () => {
    expect(picture.knows(WEEK)).toBe(false);
    expect(picture.past.load(ask(), answer(known(), known(OTHER_CELL, 2)))).toBe(true);
    expect(picture.knows(WEEK)).toBe(true);
    expect(picture.pastQuestion(WEEK)).toBeUndefined();
    expect([...picture.totals(WEEK)].sort()).toEqual(
      [
        [CITY_CELL, 8],
        [OTHER_CELL, 2],
      ].sort(),
    );
    expect([...picture.totals(24)]).toEqual([[CITY_CELL, 3]]);
  });

  it('counts what both know once: the hours of the last day that the answer has not', () => {
    const step = Math.floor((NOON - 23 * HOUR_MS) / COUNT_STEP_MS);
    picture.counts.add(CITY_CELL, step, 1);
    // Still within the last day, and before where live counts take over.
    picture.counts.add(CITY_CELL, step - 1, 1);
    picture.past.load(ask(), answer({ cell: CITY_CELL, hours: [[hourAgo(24), 1, 0]] }));
    expect(total()).toBe(3 + 1 + 1);
    expect(picture.totals(24).get(CITY_CELL)).toBe(3 + 1 + 1);
  });

  it('counts an incident once that a correction moves from the past into the last day', () => {
    picture.past.load(ask(), answer(known()));
    correct({ hoursAgo: 30 }, { hoursAgo: 1 });
    expect(total()).toBe(3 + 5);
    correct({ hoursAgo: 30 }, 'cancelled');
    expect(total()).toBe(3 + 4);
    // What the answer to come will say anyway.
    picture.past.load(ask(), answer(known(CITY_CELL, 3)));
    expect(total()).toBe(3 + 1 + 3);
    expect(picture.pastQuestion(WEEK)).toBeUndefined();
  });

  it('keeps what was told while it was asked, and asks again', () => {
    const question = ask();
    correct({ hoursAgo: 30 }, 'cancelled');
    picture.past.load(question, answer(known()));
    expect(total()).toBe(3 + 4);
    expect(picture.pastQuestion(WEEK)).toBeDefined();
    picture.past.load(ask(), answer(known(CITY_CELL, 4)));
    expect(total()).toBe(3 + 4);
    expect(picture.pastQuestion(WEEK)).toBeUndefined();
  });

  it('loses nothing while an hour passes from the live counts into the past', () => {
    picture.counts.add(CITY_CELL, stepAgo(22.5), 1);
    picture.past.load(ask(), answer(known()));
    expect(total()).toBe(3 + 5 + 1);
    timers.pass(2 * HOUR_MS);
    expect(total()).toBe(3 + 5 + 1);
    expect(picture.totals(24).get(CITY_CELL)).toBe(3);
    const question = ask();
    expect(question.toMs).toBe(NOON - 21 * HOUR_MS);
    picture.past.load(
      question,
      answer({
        cell: CITY_CELL,
        hours: [
          [hourAgo(30), 5, 0],
          [hourAgo(23), 1, 0],
        ],
      }),
    );
    expect(total()).toBe(3 + 5 + 1);
  });

  it('is asked for anew after a new picture, and is nobody else’s after another theme', () => {
    const question = ask();
    picture.past.load(question, answer(known()));
    picture.applySnapshot(snapshot({ seq: 90 }), 'first');
    expect(picture.pastQuestion(WEEK)).toBeDefined();
    expect(total()).toBe(5);
    const stale = ask();
    picture.applySnapshot(snapshot({ seq: 91, themes: ['burglary'] }), 'first');
    expect(picture.past.load(stale, answer(known()))).toBe(false);
    expect(picture.knows(WEEK)).toBe(false);
    expect(total()).toBe(0);
  });
});

describe('what an incident weighs', () => {
  it('falls by half in half the window, to a quarter at its beginning', () => {
    expect([0, 0.5, 1, 2].map((share) => recencyOf(share * HOUR_MS, HOUR_MS))).toEqual([1, 0.5, 0.25, 0.25]);
    expect(recencyOf(-5, HOUR_MS)).toBe(1);
  });

  it('is its recency, its recent harm, or one', () => {
    const [city] = [CITY_CELL];
    expect(picture.weights(8, 'even').get(city)).toBe(3);
    // Two hours ago, give or take the quarter of an hour that is counted as one.
    const share = recencyOf(2 * HOUR_MS, 8 * HOUR_MS);
    expect(picture.weights(8, 'recency').get(city)).toBeCloseTo(3 * share, 1);
    expect((picture.weights(8, 'harm').get(city) ?? 0) / 573).toBeCloseTo(share, 1);
    expect(picture.weights(1, 'even').size).toBe(0);
  });

  it('follows the harm of what is told, but for what officers found', () => {
    const harm = (): number => picture.weights(24, 'harm').get(OTHER_CELL) ?? 0;
    const at = formatInstant(NOON + 9 * 60_000);
    picture.applyStored(
      stored(++seq, {
        incident: incident({ id: 'robbed', category: 'robbery', occurredAt: at, cell: OTHER_CELL }),
      }),
    );
    expect(harm() / HARM_DAYS.robbery).toBeCloseTo(1, 1);
    const before = harm();
    picture.applyStored(
      stored(++seq, {
        incident: incident({
          id: 'found',
          category: 'drugs',
          discovery: 'officer',
          occurredAt: at,
          cell: OTHER_CELL,
        }),
      }),
    );
    expect(harm()).toBe(before);
  });

  it('is the same in the past', () => {
    picture.past.load(ask(), answer(known()));
    const old = recencyOf(29.5 * HOUR_MS, WEEK * HOUR_MS);
    const recent = recencyOf(2 * HOUR_MS, WEEK * HOUR_MS);
    expect(picture.weights(WEEK, 'recency').get(CITY_CELL)).toBeCloseTo(5 * old + 3 * recent, 1);
    expect((picture.weights(WEEK, 'harm').get(CITY_CELL) ?? 0) / HARM_DAYS.burglary).toBeCloseTo(
      5 * old + 3 * recent,
      1,
    );
  });
});
