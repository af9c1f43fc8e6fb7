/** Merged, what was told has every incident, the last of all else, and seqs that rise. */
import { describe, expect, it } from 'vitest';
import type { Announcement } from '../../../shared/announcement.ts';
import { formatInstant } from '../../../shared/time.ts';
import { Merging } from '../../../server/replay/merging.ts';
import type { AnnouncedRow } from '../../../server/store/told-store.ts';
import { ranking } from '../../support/rankings.ts';
import { NOW_MS, storedIncident } from '../../support/stored-incidents.ts';

const row = (seq: number, second: number, announcement: Announcement | null): AnnouncedRow => ({
  ...{ seq, stampMs: NOW_MS + second * 1_000, announcement },
});
const stored = (id: string): Announcement => ({
  ...{ type: 'incidents.stored', at: formatInstant(NOW_MS), force: 'kent', batch: 1, part: 0 },
  changes: [{ incident: storedIncident({ id }) }],
});
const ranked = (): Announcement => ranking({ force: 'kent', theme: 'all', horizonHours: 1 }, 1);
const idsOf = ({ announcement }: AnnouncedRow): string[] =>
  announcement?.type === 'incidents.stored' ? announcement.changes.map(({ incident }) => incident.id) : [];

describe('merging', () => {
  it('puts together what happened within the seconds, and the last ranking', () => {
    const merging = new Merging(10_000);
    const told = [
      ...[row(1, 0, ranked()), row(2, 1, stored('a')), row(3, 4, stored('b')), row(4, 5, null)],
      ...[row(5, 6, ranked()), row(6, 9, stored('c')), row(7, 10, stored('d')), row(8, 30, stored('e'))],
    ];
    const done = [...told.flatMap((one) => merging.add(one)), ...merging.rest()];
    expect(done.map(({ seq }) => seq)).toEqual([5, 6, 7, 8]);
    expect(done.map(idsOf)).toEqual([[], ['a', 'b', 'c'], ['d'], ['e']]);
    expect(merging.rest()).toEqual([]);
  });

  it('changes nothing where no seconds are asked for', () => {
    const merging = new Merging(0);
    const told = [row(1, 0, stored('a')), row(2, 0, stored('b'))];
    expect(told.map((one) => merging.add(one))).toEqual([[told[0]], [told[1]]]);
    expect(merging.rest()).toEqual([]);
  });
});
