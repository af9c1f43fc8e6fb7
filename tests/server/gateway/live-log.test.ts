/** The log gives what was missed, all of it or nothing. */
import { describe, expect, it } from 'vitest';
import type { Announcement } from '../../../shared/announcement.ts';
import { LiveLog } from '../../../server/gateway/live-log.ts';
import { storedIncident } from '../../support/stored-incidents.ts';

const entry = (seq: number, incidents = 1): { seq: number; announcement: Announcement } => ({
  seq,
  announcement: {
    type: 'incidents.stored',
    at: '2026-03-01T12:00:00.000Z',
    force: 'kent',
    batch: seq,
    part: 0,
    changes: Array.from({ length: incidents }, () => ({ incident: storedIncident() })),
  },
});

const seqsAfter = (log: LiveLog, seq: number): number[] | undefined =>
  log.after(seq)?.map((found) => found.seq);

describe('the log of LIVE', () => {
  it('gives what came after a seq, in order', () => {
    const log = new LiveLog(10);
    for (const seq of [11, 12, 15]) log.add(entry(seq));
    expect(seqsAfter(log, 10)).toEqual([11, 12, 15]);
    expect(seqsAfter(log, 12)).toEqual([15]);
    expect(seqsAfter(log, 13)).toEqual([15]);
    expect(seqsAfter(log, 15)).toEqual([]);
  });

  it('knows nothing of what came before it began', () => {
    const log = new LiveLog(10);
    log.add(entry(11));
    expect(log.after(9)).toBeUndefined();
    expect(seqsAfter(log, 10)).toEqual([11]);
  });

  it('lets the older half go beyond its limit, and says so', () => {
    const log = new LiveLog(0);
    for (let seq = 1; seq <= 6; seq++) log.add(entry(seq, 10_000));
    expect(log.after(0)).toBeUndefined();
    expect(log.after(2)).toBeUndefined();
    expect(seqsAfter(log, 3)).toEqual([4, 5, 6]);
    for (let seq = 7; seq <= 8; seq++) log.add(entry(seq, 10_000));
    expect(seqsAfter(log, 3)).toEqual([4, 5, 6, 7, 8]);
  });
});
