/** Recordings in every format that is read, and what becomes of rows that are broken. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecordingMap } from '../../../../server/feeds/recordings/recording-map.ts';
import { readRecording, type RecordingEntry } from '../../../../server/feeds/recordings/read-recording.ts';
import { IncidentMessage } from '../../../../shared/incident.ts';
import { TimeZone } from '../../../../shared/time.ts';

const HEADER = 'id,occurred_at,lat,lon,category,source';
const chicago = new TimeZone('America/Chicago');
const london = new TimeZone('Europe/London');
const isIncident = Compile(IncidentMessage);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recordings-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(
  content: string | Uint8Array,
  timeZone = london,
  mapContent?: object,
): Promise<RecordingEntry[]> {
  const file = join(folder, 'recording');
  await writeFile(file, content);
  if (mapContent === undefined) return collect(readRecording(file, { timeZone }));
  await writeFile(`${file}.json`, JSON.stringify(mapContent));
  return collect(readRecording(file, { timeZone, map: await readRecordingMap(`${file}.json`) }));
}

async function collect(entries: AsyncIterable<RecordingEntry>): Promise<RecordingEntry[]> {
  const all: RecordingEntry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

function reasons(entries: RecordingEntry[]): [line: number, reason: string][] {
  return entries.flatMap((entry) => (entry.kind === 'rejected' ? [[entry.line, entry.reason]] : []));
}

function incidents(entries: RecordingEntry[]): IncidentMessage[] {
  return entries.flatMap((entry) => (entry.kind === 'incident' ? [entry.incident] : []));
}

describe('our own CSV', () => {
  it('reads a time without zone as local time, plain or gzipped', async () => {
    const content = `${HEADER}\ns-1,2014-07-01T00:30:00,38.6,-90.2,AGG.ASSAULT-KNIFE/CITIZEN ADULT 1ST DEGREE,slmpd\n`;
    const [entry] = await read(content, chicago);
    expect(entry).toMatchObject({
      kind: 'incident',
      line: 2,
      knownAtMs: Date.UTC(2014, 6, 1, 5, 30),
      source: 'slmpd',
      incident: {
        id: 's-1',
        origin: 'recorded',
        occurredAt: '2014-07-01T05:30:00.000Z',
        location: { lat: 38.6, lon: -90.2 },
        category: 'violence',
        markers: ['knife'],
      },
    });
    expect(await read(gzipSync(content), chicago)).toEqual([entry]);
  });

  it.each([
    ['2019-03-04T10:00:00+02:00', '2019-03-04T08:00:00.000Z', undefined],
    ['2019-07-04 10:00', '2019-07-04T09:00:00.000Z', undefined],
    ['2019-07-04', '2019-07-03T23:00:00.000Z', 'day'],
    ['2019-07', '2019-06-30T23:00:00.000Z', 'month'],
  ])('reads %s as %s, precise to the %s', async (text, occurredAt, timePrecision) => {
    const [incident] = incidents(await read(`${HEADER}\na,${text},51.5,-0.1,Burglary,police.uk\n`));
    expect(incident?.occurredAt).toBe(occurredAt);
    expect(incident?.timePrecision).toBe(timePrecision);
  });

  it('knows an incident only from when it was reported', async () => {
    const [entry] = await read(
      `${HEADER},reported_at\na,2019-01-01T10:00:00Z,51,0,Robbery,police.uk,2019-01-03T09:00:00Z\n`,
    );
    expect(entry).toMatchObject({ knownAtMs: Date.UTC(2019, 0, 3, 9) });
  });

  it('gives each bad row its line and reason, and goes on', async () => {
    const entries = await read(
      [
        HEADER,
        'a,2019-01-01T10:00:00Z,51.5,-0.1,Burglary,x',
        'b,2019-02-30,51.5,-0.1,Burglary,x',
        'c,2019-01-01,95,-0.1,Burglary,x',
        'd,2019-01-01,51.5,,Burglary,x',
        'e,2019-01-01,51.5',
        ',2019-01-01,51.5,-0.1,Burglary,x',
        'f,"2019-01-01"x,51.5,-0.1,Burglary,x',
        'g,2019-01-01,51.5,-0.1,"Burglary, never closed,x',
        '',
        'h,2019-01-01,51.5,-0.1,"Burglary",x',
        'i,2019-01-01,51.5,-0.1,Burglary,x',
      ].join('\r\n'),
    );
    expect(incidents(entries).map(({ id }) => id)).toEqual(['a', 'h', 'i']);
    expect(reasons(entries)).toEqual([
      [3, 'occurred_at is no time: "2019-02-30"'],
      [4, 'lat is no latitude: "95"'],
      [5, 'lon is no longitude: ""'],
      [6, 'has 3 fields, not 6'],
      [7, 'id is empty'],
      [8, 'a quote is misplaced or never closed'],
      [9, 'a quote is misplaced or never closed'],
    ]);
  });

  it('reads quoted fields with commas, quotes and line breaks', async () => {
    const entries = await read(
      `\ufeff${HEADER}\na,2019-01-01,51,0,"one, ""two""\nthree",x\nb,2019-01-01,51,0,y,x`,
    );
    expect(incidents(entries).map(({ nativeCategory }) => nativeCategory)).toEqual([
      'one, "two"\nthree',
      'y',
    ]);
    expect(entries.map(({ line }) => line)).toEqual([2, 4]);
  });

  it('says when the archive is cut short instead of ending quietly', async () => {
    const rows = Array.from({ length: 5_000 }, (_, n) => `${n},2019-01-01,51.${n},0,Burglary,x`);
    const whole = gzipSync([HEADER, ...rows].join('\n'));
    await expect(read(whole.subarray(0, whole.length / 2))).rejects.toThrow(/can't be read to its end/);
  });
});

it('says which file is not there', async () => {
  const missing = collect(readRecording(join(folder, 'missing.csv'), { timeZone: london }));
  await expect(missing).rejects.toThrow(/missing\.csv can't be opened: ENOENT/);
});

describe('police.uk as published', () => {
  const header =
    'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context';
  const asb =
    ',2020-02,Metropolitan Police Service,Metropolitan Police Service,-0.1,51.5,On or near A,E0,B,Anti-social behaviour,,';
  it('takes the force from who reported, and tells rows without id apart', async () => {
    const entries = await read([header, asb, asb, asb.replace('51.5', '')].join('\n'));
    expect(incidents(entries)).toMatchObject([
      { category: 'anti-social-behaviour', force: 'metropolitan', timePrecision: 'month' },
      { category: 'anti-social-behaviour', force: 'metropolitan', timePrecision: 'month' },
    ]);
    const [one, two] = incidents(entries);
    expect(one?.id).not.toBe(two?.id);
    expect(incidents(await read([header, asb, asb].join('\n')))).toEqual([one, two]);
    expect(reasons(entries)).toEqual([[4, 'lat is no latitude: ""']]);
  });
});

describe('any other CSV', () => {
  it('takes columns and categories from the map', async () => {
    const entries = await read(
      'Ref,When,Y,X,Kind\n7,2019-01-01 10:00,51,0,MUGGING\n8,2019-01-01 11:00,51,0,Something else\n',
      london,
      {
        columns: { id: 'Ref', occurred_at: 'When', lat: 'Y', lon: 'X', category: 'Kind' },
        categories: { Mugging: { category: 'robbery', markers: ['knife'] } },
      },
    );
    expect(incidents(entries)).toMatchObject([
      { id: '7', category: 'robbery', markers: ['knife'], nativeCategory: 'MUGGING' },
      { id: '8', category: 'other', nativeCategory: 'Something else' },
    ]);
    expect(entries.map((entry) => entry.kind === 'incident' && entry.isMapped)).toEqual([true, false]);
  });

  it('names the column that is missing, and the place in a map that is wrong', async () => {
    await expect(read('a,b\n1,2\n')).rejects.toThrow(/no column "occurred_at"/);
    await expect(read('a\n', london, { categories: { x: 'murder' } })).rejects.toThrow(/\/categories/);
  });
});

describe('NDJSON', () => {
  const incident = {
    id: 'a',
    occurredAt: '2019-01-01T10:00:00Z',
    location: { lat: 51, lon: 0 },
    category: 'drugs',
  };
  it('keeps what was simulated simulated, makes the rest recorded, and refuses unknown fields', async () => {
    const lines = [
      { ...incident, feed: 'police/cad' },
      { ...incident, origin: 'simulated', revision: 2, reportedAt: '2019-01-01T12:00:00+01:00' },
      { ...incident, name: 'of a person' },
      { ...incident, occurredAt: '2019-02-30T10:00:00Z' },
    ].map((line) => JSON.stringify(line));
    const entries = await read([...lines, '{"id":'].join('\n'));
    expect(entries.slice(0, 2)).toMatchObject([
      { incident: { ...incident, origin: 'recorded' }, source: 'police/cad' },
      { incident: { origin: 'simulated', revision: 2 }, knownAtMs: Date.UTC(2019, 0, 1, 11) },
    ]);
    expect(incidents(entries).every((read) => isIncident.Check(read))).toBe(true);
    expect(reasons(entries).map(([line]) => line)).toEqual([3, 4, 5]);
  });
});
