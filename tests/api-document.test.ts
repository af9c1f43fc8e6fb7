/** API.md tells the truth, as far as that can be seen without a server. */
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import type { Announcement } from '../shared/announcement.ts';
import { AGENCIES, CATEGORIES, MARKERS } from '../shared/category.ts';
import { isCell } from '../shared/cell.ts';
import { IncidentMessage, ORIGINS, STATUSES } from '../shared/incident.ts';
import {
  HEARTBEAT_SECONDS,
  MAX_DELTA_INCIDENTS,
  SNAPSHOT_INCIDENTS,
  Subscribe,
  type ServerMessage,
} from '../shared/messages.ts';
import { PatrolPing } from '../shared/patrol.ts';
import { THEMES } from '../shared/theme.ts';
import { ACCESS_ROLES } from '../server/access/policy.ts';
import { FeedClock } from '../server/clock.ts';
import { INCIDENTS, LIVE, REJECTED } from '../server/feeds/streams.ts';
import {
  ANNOUNCEMENT_SUBJECTS,
  CLOCK_SUBJECT,
  EXPLAIN_SUBJECTS,
  REJECTED_SUBJECTS,
} from '../server/feeds/subjects.ts';
import { validate } from '../server/feeds/validate.ts';
import { API_DOCUMENT, examplesOf } from './support/api-document.ts';

/** A type that is new in shared/messages.ts does not compile until it stands here, and fails until API.md shows it. */
const FRAME_TYPES: Record<ServerMessage['type'] | Subscribe['type'], true> = {
  hello: true,
  subscribe: true,
  snapshot: true,
  'incidents.stored': true,
  'hotspots.ranked': true,
  'forecasts.issued': true,
  'feeds.changed': true,
  'alert.changed': true,
  'tasking.changed': true,
  'action.changed': true,
  heartbeat: true,
  refused: true,
};

/** Likewise for what the stages announce. */
const ANNOUNCEMENT_TYPES: Record<Announcement['type'], true> = {
  'incidents.stored': true,
  'hotspots.ranked': true,
  'forecasts.issued': true,
  'feeds.changed': true,
  'alert.changed': true,
  'tasking.changed': true,
  'action.changed': true,
};

describe('an example', () => {
  it.each(examplesOf('incident'))('of an incident is accepted: $value.id', ({ value }) => {
    const validated = validate(Buffer.from(JSON.stringify(value)), {
      agency: 'police',
      feed: 'cad',
      streamAtMs: Date.parse('2026-03-01T22:00:00Z'),
      allowOrigins: new Set(['live']),
      clock: 'system',
    });
    expect(validated).toHaveProperty('accepted');
  });

  it('of an incident shows each field there is', () => {
    const shown = examplesOf('incident').flatMap(({ value }) => Object.keys(value as object));
    const fields = Object.keys(IncidentMessage.properties).filter((name) => name !== 'origin');
    expect(shown).toEqual(expect.arrayContaining(fields));
  });

  it('is there for every frame, and for no other', () => {
    const types = examplesOf('frame').map(({ value }) => (value as { type: string }).type);
    expect([...new Set(types)].sort()).toEqual(Object.keys(FRAME_TYPES).sort());
  });

  it('of a subscribe is one', () => {
    const isSubscribe = Compile(Subscribe);
    const subscribes = examplesOf('frame').filter(
      ({ value }) => (value as { type: string }).type === 'subscribe',
    );
    expect(subscribes).toHaveLength(1);
    for (const { value } of subscribes) expect(isSubscribe.Check(value)).toBe(true);
  });

  it('of the clock is understood', () => {
    const examples = examplesOf('clock');
    expect(examples).not.toHaveLength(0);
    for (const { value } of examples) expect(new FeedClock(0, () => 0).hear(value)).toBe(true);
  });

  it('of a patrol’s ping is one', () => {
    const isPing = Compile(PatrolPing);
    const examples = examplesOf('patrol');
    expect(examples).not.toHaveLength(0);
    for (const { value } of examples) expect(isPing.Check(value)).toBe(true);
  });

  it('names cells that exist', () => {
    const cells = [...API_DOCUMENT.matchAll(/\b8[79][0-9a-f]{13}\b/g)].map(([cell]) => cell);
    expect(cells).not.toHaveLength(0);
    expect(cells.filter((cell) => !isCell(cell))).toEqual([]);
  });

  it('has one of the labels that tests look at', () => {
    const labels = [...API_DOCUMENT.matchAll(/^```json(.*)$/gm)].map(([, label]) => label?.trim());
    const known = [
      'incident',
      'request',
      'request incident',
      'answer',
      'problem',
      'rejected',
      'clock',
      'patrol',
    ];
    expect([...new Set(labels)].sort()).toEqual([...known, 'announcement', 'frame'].sort());
  });
});

/** Every agency's, as API.md writes them. */
const incidentSubjects = 'incidents.v1.<agency>.<feed>';

describe('what is described', () => {
  const sections = API_DOCUMENT.split(/^(?=#{2,4} )/m);
  const routes = sections.filter((section) => /^#+ `(GET|POST|PUT|PATCH|DELETE) /.test(section));

  it.each(routes.map((section) => [section.split('\n')[0]?.replaceAll(/[#`]/g, '').trim() ?? '', section]))(
    'has an example: %s',
    (_route, section) => {
      expect(section).toMatch(/^```(json|sh)/m);
    },
  );

  it('is every announcement of LIVE', () => {
    const shown = examplesOf('announcement').map(({ value }) => (value as { type: string }).type);
    expect([...new Set(shown)].sort()).toEqual(Object.keys(ANNOUNCEMENT_TYPES).sort());
  });
});

const explainSubjects = EXPLAIN_SUBJECTS.replace('*', '<force>');

describe('what is listed', () => {
  it.each([
    [
      'subjects',
      [...ANNOUNCEMENT_SUBJECTS, incidentSubjects, REJECTED_SUBJECTS, CLOCK_SUBJECT, explainSubjects],
    ],
    ['streams', [INCIDENTS, REJECTED, LIVE]],
    ['agencies', AGENCIES],
    ['categories', CATEGORIES],
    ['markers', MARKERS],
    ['states', STATUSES],
    ['origins', ORIGINS],
    ['themes', THEMES],
    ['roles', ACCESS_ROLES],
    ['fields', Object.keys(IncidentMessage.properties)],
  ])('is complete: %s', (_what, names) => {
    const missing = names.filter((name) => !API_DOCUMENT.includes(`\`${name.replace(/>$/, '')}`));
    expect(missing).toEqual([]);
  });

  it.each([
    `every ${HEARTBEAT_SECONDS} seconds`,
    `above ${MAX_DELTA_INCIDENTS}:`,
    `latest ${SNAPSHOT_INCIDENTS} `,
  ])('has the number the sources have: %s', (text) => {
    expect(API_DOCUMENT).toContain(text);
  });
});
