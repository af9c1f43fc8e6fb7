/** Health says of each stage whether it works, why not, and since when. */
import { beforeEach, describe, expect, it } from 'vitest';
import { Health } from '../../server/health.ts';

let nowMs: number;
let health: Health;

beforeEach(() => {
  nowMs = Date.parse('2026-03-01T12:00:00Z');
  health = new Health({ kind: 'system', speed: 1, now: () => nowMs });
});

describe('health', () => {
  it('is not ready before any stage has said that it works', () => {
    expect(health.ready).toBe(false);
    health.bad('ingest', 'starting');
    expect(health.ready).toBe(false);
    health.good('ingest');
    expect(health.ready).toBe(true);
  });

  it('is not ready while one stage fails, and names the reason in one line', () => {
    health.good('gateway');
    health.bad('ingest', new Error('the database is away\n    at somewhere'));
    expect(health.ready).toBe(false);
    expect(health.stages()).toContainEqual({
      stage: 'ingest',
      ok: false,
      problem: 'the database is away',
      since: '2026-03-01T12:00:00.000Z',
    });
  });

  it('keeps since when it fails, though the reason changes', () => {
    health.bad('ingest', 'one');
    nowMs += 5_000;
    health.bad('ingest', 'other');
    expect(health.stages()[0]).toMatchObject({ problem: 'other', since: '2026-03-01T12:00:00.000Z' });
    nowMs += 5_000;
    health.good('ingest');
    nowMs += 5_000;
    health.good('ingest');
    expect(health.stages()).toEqual([
      { stage: 'ingest', ok: true, problem: '', since: '2026-03-01T12:00:10.000Z' },
    ]);
  });

  it('is ready with a notice, and without it once that has passed', () => {
    health.good('model', 'a changed model is refused');
    expect(health.ready).toBe(true);
    nowMs += 5_000;
    health.good('model', 'another');
    const since = '2026-03-01T12:00:00.000Z';
    expect(health.stages()).toEqual([{ stage: 'model', ok: true, problem: '', since, notice: 'another' }]);
    health.good('model');
    expect(health.stages()).toEqual([{ stage: 'model', ok: true, problem: '', since }]);
  });

  it('names an error that says nothing by its kind', () => {
    health.bad('ingest', new AggregateError([], ''));
    expect(health.stages()[0]?.problem).toBe('AggregateError');
  });
});
