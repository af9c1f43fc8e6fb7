/** Every line of the incident's contract: what is taken, with which defaults, and what is refused, and how. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellAt } from '../../../shared/cell.ts';
import { CATEGORIES, MARKERS } from '../../../shared/category.ts';
import { validate, type AcceptedIncident, type Rejection } from '../../../server/feeds/validate.ts';
import type { ForceSlug } from '../../../shared/force.ts';
import { incidentMessage } from '../../support/incidents.ts';

const NOW_MS = Date.parse('2026-03-01T12:10:00Z');
const MINIMAL = { ...incidentMessage({ id: 'a' }), occurredAt: '2026-03-01T12:00:00Z' };

type Options = {
  clock?: 'system' | 'feed';
  origins?: ('live' | 'recorded' | 'simulated')[];
  forceAt?: (latitude: number, longitude: number) => ForceSlug;
};

function result(message: unknown, { clock = 'system', origins = ['live'], ...located }: Options = {}) {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  const payload = message instanceof Uint8Array ? message : new TextEncoder().encode(text);
  const context = { agency: 'police', feed: 'cad', streamAtMs: NOW_MS, clock } as const;
  return validate(payload, { ...context, ...located, allowOrigins: new Set(origins) });
}

function accepted(change: object, options: Options = {}): AcceptedIncident {
  const validated = result({ ...MINIMAL, ...change }, options);
  if ('rejection' in validated) throw new Error(JSON.stringify(validated.rejection));
  return validated.accepted;
}

function rejection(message: unknown, options: Options = {}): Rejection {
  const validated = result(message, options);
  if ('accepted' in validated) throw new Error('was accepted');
  return validated.rejection;
}

const refusedAt = (change: object, options: Options = {}): string =>
  rejection({ ...MINIMAL, ...change }, options).path;

describe('what an incident becomes', () => {
  it('has every default filled in, and is placed in its cell', () => {
    expect(accepted({})).toMatchObject({
      stored: {
        agency: 'police',
        feed: 'cad',
        id: 'a',
        revision: 1,
        status: 'open',
        origin: 'live',
        occurredAt: '2026-03-01T12:00:00.000Z',
        occurredUntil: null,
        timePrecision: 'minute',
        receivedAt: '2026-03-01T12:10:00.000Z',
        lat: 51.5,
        lon: -0.12,
        cell: cellAt(51.5, -0.12),
        category: 'burglary',
        markers: [],
        nativeCategory: null,
        severity: 2,
        force: 'unassigned',
        discovery: 'reported',
      },
      reportedAt: null,
      precisionMetres: null,
      summary: null,
    });
  });

  it.each([
    ['drugs', 'officer'],
    ['possession-of-weapons', 'officer'],
    ['violence', 'reported'],
  ])('takes %s for discovered by: %s', (category, discovery) => {
    expect(accepted({ category }).stored.discovery).toBe(discovery);
    expect(accepted({ category, discovery: 'sensor' }).stored.discovery).toBe('sensor');
  });

  it('reads instants with any zone as the same instant', () => {
    const utc = accepted({ occurredAt: '2026-03-01T11:30:00Z' });
    const offset = accepted({ occurredAt: '2026-03-01T13:30:00+02:00' });
    expect(offset.stored.occurredAt).toBe(utc.stored.occurredAt);
    expect(offset.contentSha256).toEqual(utc.contentSha256);
  });

  it('takes every category and marker, each marker once, in one order', () => {
    for (const category of CATEGORIES) expect(accepted({ category }).stored.category).toBe(category);
    expect(accepted({ markers: [...MARKERS].reverse() }).stored.markers).toEqual([...MARKERS].sort());
    expect(refusedAt({ markers: ['knife', 'knife'] })).toBe('/markers');
  });

  it('has other content wherever a field differs, and only there', () => {
    const hashes = [
      {},
      { revision: 2 },
      { status: 'closed' },
      { severity: 3 },
      { markers: ['hate'] },
      { summary: 'x' },
      { reportedAt: '2026-03-01T12:01:00Z' },
      { location: { lat: 51.5, lon: -0.12, precisionMetres: 5 } },
      { force: 'kent' },
    ].map((change) => accepted(change).contentSha256.toString('hex'));
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(accepted({ revision: 1, status: 'open' }).contentSha256.toString('hex')).toBe(hashes[0]);
  });
});

describe('the force of an incident', () => {
  const forceAt = (latitude: number, longitude: number): ForceSlug =>
    latitude > 51 && longitude < 0 ? 'surrey' : 'kent';

  it('is the one it names, else the one whose area it lies in', () => {
    expect(accepted({}, { forceAt }).stored.force).toBe('surrey');
    expect(accepted({ location: { lat: 51.5, lon: 0.12 } }, { forceAt }).stored.force).toBe('kent');
    expect(accepted({ force: 'essex' }, { forceAt }).stored.force).toBe('essex');
  });

  it('is no part of its content where it was found from the place: the message is the same', () => {
    const before = accepted({});
    expect(accepted({}, { forceAt }).contentSha256).toEqual(before.contentSha256);
    expect(accepted({ force: 'surrey' }, { forceAt }).contentSha256).not.toEqual(before.contentSha256);
  });
});

describe('what is refused', () => {
  it.each([
    [{ id: '' }, '/id'],
    [{ id: 'a b' }, '/id'],
    [{ id: 'x'.repeat(129) }, '/id'],
    [{ id: undefined }, ''],
    [{ revision: 0 }, '/revision'],
    [{ revision: 1.5 }, '/revision'],
    [{ revision: 2 ** 31 }, '/revision'],
    [{ status: 'pending' }, '/status'],
    [{ occurredAt: '2026-03-01T12:00:00' }, '/occurredAt'],
    [{ occurredAt: '2026-02-30T12:00:00Z' }, '/occurredAt'],
    [{ occurredAt: 1_772_000_000 }, '/occurredAt'],
    [{ occurredUntil: 'later' }, '/occurredUntil'],
    [{ occurredUntil: '2026-03-01T11:59:59Z' }, '/occurredUntil'],
    [{ reportedAt: '2026-03-01 noon Z' }, '/reportedAt'],
    [{ timePrecision: 'second' }, '/timePrecision'],
    [{ location: { lat: 90.1, lon: 0 } }, '/location/lat'],
    [{ location: { lat: 51, lon: -180.5 } }, '/location/lon'],
    [{ location: { lat: '51', lon: 0 } }, '/location/lat'],
    [{ location: { lat: 51, lon: 0, precisionMetres: -1 } }, '/location/precisionMetres'],
    [{ category: 'murder' }, '/category'],
    [{ markers: ['sword'] }, '/markers/0'],
    [{ nativeCategory: 'x'.repeat(81) }, '/nativeCategory'],
    [{ severity: 0 }, '/severity'],
    [{ severity: 6 }, '/severity'],
    [{ force: 'atlantis' }, '/force'],
    [{ force: 'unassigned' }, '/force'],
    [{ discovery: 'guess' }, '/discovery'],
    [{ summary: 'x'.repeat(281) }, '/summary'],
  ])('%j is refused at its own path', (change, path) => {
    expect(refusedAt(change)).toBe(path);
  });

  it('names an unknown field by its path, at any depth', () => {
    expect(rejection({ ...MINIMAL, suspect: 'x' })).toMatchObject({
      path: '/suspect',
      reason: 'unknown field',
    });
    expect(rejection({ ...MINIMAL, location: { lat: 51, lon: 0, address: 'x' } })).toMatchObject({
      path: '/location/address',
      reason: 'unknown field',
    });
    expect(rejection(`{"__proto__": {"x": 1}, ${JSON.stringify(MINIMAL).slice(1)}`).path).toBe('/__proto__');
  });

  it.each(['', 'null', '[]', '3', '"x"', '{', '{}', 'not json', new Uint8Array([0x22, 0xff, 0x22])])(
    'what is no incident at all: %j',
    (payload) => {
      expect(rejection(payload).fields).toEqual({});
    },
  );

  it('text that the database cannot hold: NUL and half of a surrogate pair', () => {
    for (const bad of ['a\u0000b', 'a\ud800b', '\udc00']) {
      expect(refusedAt({ nativeCategory: bad })).toBe('/nativeCategory');
      expect(refusedAt({ summary: bad })).toBe('/summary');
    }
    expect(accepted({ nativeCategory: '🚲 théft' }).stored.nativeCategory).toBe('🚲 théft');
  });

  it('an origin that is not allowed here', () => {
    expect(refusedAt({ origin: 'simulated' })).toBe('/origin');
    expect(accepted({ origin: 'simulated' }, { origins: ['simulated'] }).stored.origin).toBe('simulated');
    expect(refusedAt({}, { origins: ['simulated'] })).toBe('/origin');
  });
});

describe('five minutes ahead of the clock', () => {
  const at = (seconds: number): string => new Date(NOW_MS + seconds * 1_000).toISOString();

  it('is taken, a second more is refused; the past is taken however old', () => {
    expect(accepted({ occurredAt: at(300) }).stored.occurredAt).toBe(at(300));
    expect(refusedAt({ occurredAt: at(301) })).toBe('/occurredAt');
    expect(accepted({ occurredAt: '1912-04-15T02:20:00Z' }).stored.occurredAt).toBe(
      '1912-04-15T02:20:00.000Z',
    );
  });

  it('is counted from when it became known where a recording drives the clock', () => {
    const reported = { reportedAt: '2031-01-01T00:00:00Z', occurredAt: '2031-01-01T00:05:00Z' };
    expect(accepted(reported, { clock: 'feed' }).stored.receivedAt).toBe('2031-01-01T00:00:00.000Z');
    expect(refusedAt({ ...reported, occurredAt: '2031-01-01T00:05:01Z' }, { clock: 'feed' })).toBe(
      '/occurredAt',
    );
    expect(accepted({ occurredAt: at(-60) }, { clock: 'feed' }).stored.receivedAt).toBe(at(-60));
  });
});

describe('what is told of a refused message', () => {
  it('is its known, valid fields, and nothing of the rest', () => {
    const { fields } = rejection({ ...MINIMAL, id: 'known', revision: 7, severity: 99, suspect: 'somebody' });
    expect(fields).toEqual({
      id: 'known',
      revision: 7,
      occurredAt: MINIMAL.occurredAt,
      category: MINIMAL.category,
    });
  });

  it('is not the field that is refused, though its form is valid', () => {
    expect(rejection({ ...MINIMAL, occurredAt: '2999-01-01T00:00:00Z' }).fields).toEqual({
      id: MINIMAL.id,
      category: MINIMAL.category,
    });
    expect(rejection({ ...MINIMAL, origin: 'simulated' }).fields).not.toHaveProperty('origin');
  });

  it('is no instant that is none, even where another field is refused first', () => {
    const told = rejection({ ...MINIMAL, category: 'x', occurredAt: '2026-03-01T somebody Z' });
    expect(JSON.stringify(told)).not.toContain('somebody');
  });

  it('fits into a message and a database, whatever the unknown field is called', () => {
    const { path } = rejection({ ...MINIMAL, [`\u0000\ud800${'x'.repeat(900_000)}`]: 1 });
    expect(path.length).toBeLessThanOrEqual(200);
    expect(path).not.toContain('\u0000');
    expect(path.isWellFormed()).toBe(true);
  });

  it('never holds a refused value, wherever it stands', () => {
    const secret = 'Zx-secret-Zx';
    const names = [
      'id',
      'revision',
      'status',
      'origin',
      'occurredAt',
      'category',
      'summary',
      'other',
      'location',
    ];
    const values = fc.constantFrom<unknown>(`${secret}!`, { secret }, [secret], `2026-03-01T!${secret}Z`);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), values, { minKeys: 1 }), (change) => {
        expect(JSON.stringify(rejection({ ...MINIMAL, severity: 9, ...change }))).not.toContain(secret);
      }),
    );
  });
});

describe('whatever is sent', () => {
  it('is accepted or refused, never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(result(bytes)).toBeTypeOf('object');
      }),
    );
    const near = fc.record(
      Object.fromEntries(
        [...Object.keys(MINIMAL), 'markers', 'summary', 'reportedAt', 'occurredUntil', 'revision'].map(
          (name) => [
            name,
            fc.oneof(
              { weight: 1, arbitrary: fc.jsonValue() },
              { weight: 3, arbitrary: fc.constant((MINIMAL as Record<string, unknown>)[name]) },
            ),
          ],
        ),
      ),
    );
    fc.assert(
      fc.property(near, (message) => {
        const validated = result(message);
        if ('rejection' in validated) expect(validated.rejection.path.length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 500 },
    );
  });

  it('however deep it is nested, and however many fields it has', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    for (const name of ['markers', 'location', 'id', 'suspect']) {
      expect(rejection(`${JSON.stringify(MINIMAL).slice(0, -1)}, "${name}": ${deep}}`).fields).toBeTypeOf(
        'object',
      );
    }
    const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`field${index}`, index]));
    expect(rejection({ ...MINIMAL, ...wide }).reason).toBe('unknown field');
  });
});
