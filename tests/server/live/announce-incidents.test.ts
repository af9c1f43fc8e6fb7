/** A committed batch is announced in parts that are the same at each attempt, whoever makes it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IncidentChange } from '../../../shared/announcement.ts';
import { announceIncidents, incidentAnnouncements } from '../../../server/live/announce-incidents.ts';
import { MAX_PAYLOAD_BYTES, type LiveStream } from '../../../server/live/live-stream.ts';
import { corrected, incidentLives, NOW_MS, storedIncident } from '../../support/stored-incidents.ts';

const AT = new Date(NOW_MS).toISOString();
const many = (count: number, change = {}): IncidentChange[] =>
  Array.from({ length: count }, () => ({ incident: storedIncident(change) }));

describe('a batch’s announcements', () => {
  it('are one for each force', () => {
    const changes = [...many(2), ...many(3, { force: 'kent' })];
    const told = incidentAnnouncements(7, changes, AT);
    expect(told.map(({ force, batch, part, changes: own }) => [force, batch, part, own.length])).toEqual([
      ['kent', 7, 0, 3],
      ['unassigned', 7, 1, 2],
    ]);
  });

  it('fit into a message each, and together hold every change once', () => {
    const changes = many(2_000, { nativeCategory: 'ü'.repeat(80), markers: ['domestic', 'alcohol'] });
    const told = incidentAnnouncements(7, changes, AT);
    expect(told.length).toBeGreaterThan(2);
    for (const announcement of told) {
      expect(Buffer.byteLength(JSON.stringify(announcement))).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES);
    }
    expect(told.map(({ part }) => part)).toEqual(told.map((_, index) => index));
    const ids = told.flatMap(({ changes: own }) => own.map(({ incident }) => incident.id));
    expect(ids.toSorted()).toEqual(changes.map(({ incident }) => incident.id).toSorted());
  });

  it('are the same in whatever order the changes are read', () => {
    const shuffled = incidentLives.chain((changes) =>
      fc.tuple(fc.constant(changes), fc.shuffledSubarray(changes, { minLength: changes.length })),
    );
    fc.assert(
      fc.property(shuffled, ([changes, otherOrder]) => {
        expect(incidentAnnouncements(7, otherOrder, AT)).toEqual(incidentAnnouncements(7, changes, AT));
      }),
    );
  });

  it('tell the corrections of one incident in the order of its revisions', () => {
    const first = storedIncident({ receivedAt: '2026-03-01T12:00:00.000Z' });
    const second = corrected(first, { receivedAt: '2026-03-01T11:00:00.000Z' });
    const third = corrected(second.incident, { receivedAt: '2026-03-01T10:00:00.000Z' });
    const [told] = incidentAnnouncements(7, [third, second], AT);
    expect(told?.changes.map(({ incident }) => incident.revision)).toEqual([2, 3]);
  });

  it('go out under an identity of their own', async () => {
    const told: [string, string | undefined][] = [];
    const live = {
      announce: (announcement: { force: string }, messageId?: string) => {
        told.push([announcement.force, messageId]);
        return Promise.resolve(1);
      },
    } as unknown as LiveStream; // Only `announce` is called.
    await announceIncidents(live, incidentAnnouncements(7, [...many(1), ...many(1, { force: 'kent' })], AT));
    expect(told).toEqual([
      ['kent', 'stored:7:0'],
      ['unassigned', 'stored:7:1'],
    ]);
  });
});
