/** Whole real recordings, where `RECORDINGS_DIR` has them: every row is read, and every published name means something. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../../server/config.ts';
import { readRecording } from '../../../../server/feeds/recordings/read-recording.ts';
import { IncidentMessage } from '../../../../shared/incident.ts';
import { TimeZone } from '../../../../shared/time.ts';

const isIncident = Compile(IncidentMessage);

interface Findings {
  incidents: number;
  rejected: number;
  invalid: number;
  /** Of unknown name, and so `other` for want of anything better. */
  unmapped: number;
  identities: number;
  precision: Record<string, number>;
  category: Record<string, number>;
  marker: Record<string, number>;
  foundByOfficers: Record<string, number>;
  /** Names that a map calls `other` on purpose. */
  other: Set<string>;
  /** Rows whose name speaks of a knife, or of a domestic incident, marked so or not. */
  named: { knife: number; domestic: number };
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

async function findingsOf(file: string, timeZone: string): Promise<Findings> {
  const found: Findings = {
    ...{ incidents: 0, rejected: 0, invalid: 0, unmapped: 0, identities: 0 },
    ...{ precision: {}, category: {}, marker: {}, foundByOfficers: {} },
    ...{ other: new Set(), named: { knife: 0, domestic: 0 } },
  };
  const ids = new Set<string>();
  for await (const entry of readRecording(file, { timeZone: new TimeZone(timeZone) })) {
    if (entry.kind === 'rejected') {
      found.rejected++;
      continue;
    }
    const { incident, isMapped, source } = entry;
    ids.add(`${source}|${incident.id}`);
    found.incidents++;
    if (!isIncident.Check(incident)) found.invalid++;
    if (!isMapped) found.unmapped++;
    const name = incident.nativeCategory ?? '';
    if (/knife/i.test(name)) found.named.knife++;
    if (/domestic/i.test(name)) found.named.domestic++;
    if (incident.category === 'other') found.other.add(name);
    count(found.precision, incident.timePrecision ?? 'minute');
    count(found.category, incident.category);
    for (const marker of incident.markers ?? []) count(found.marker, marker);
    if (incident.discovery === 'officer') count(found.foundByOfficers, incident.category);
  }
  return { ...found, identities: ids.size };
}

function fileOf(name: string): string {
  return join(readConfig().recordingsDir, name);
}

const NOTHING_WRONG = { rejected: 0, invalid: 0, unmapped: 0 };

// The figures were counted in the files by their own names, with other tools than ours (`zcat | cut | sort | uniq -c`).
describe.skipIf(!existsSync(fileOf('stlouis_2014_2020.csv.gz')))('St. Louis', () => {
  it('maps each of its names, with knives, firearms and domestic incidents marked', async () => {
    const found = await findingsOf(fileOf('stlouis_2014_2020.csv.gz'), 'America/Chicago');
    expect(found).toMatchObject({
      ...NOTHING_WRONG,
      incidents: 314_845,
      identities: 314_844,
      precision: { minute: 314_845 },
      category: {
        'anti-social-behaviour': 19_023,
        burglary: 23_427,
        robbery: 11_479,
        'theft-from-person': 1_523,
        'vehicle-crime': 70_052,
        'bicycle-theft': 1_079,
        shoplifting: 8_060,
        'other-theft': 28_809,
        'criminal-damage-arson': 29_455,
        violence: 42_186,
        'sexual-offences': 165,
        'possession-of-weapons': 3_995,
        drugs: 10_314,
        'public-order': 12_991,
        other: 52_287,
      },
      marker: { knife: 2_499, firearm: 21_132, domestic: 13_761, youth: 3_966, alcohol: 3_729 },
      foundByOfficers: { drugs: 10_314, 'possession-of-weapons': 3_995 },
      named: { knife: 2_499, domestic: 13_761 },
    });
    const traffic = /^(leaving scene|dui-)/i;
    const fraud = /^(fraud|frd\/|attempt fraud|forgery|stlg by deceit|stolen property)/i;
    const justice = /^(obstruct|conspiracy|all oth|possession of burglar)/i;
    const rest =
      /^(public order-|safety-|health-|liquor laws-|gambling-|prostitution|pornagraphy|family|aband)/i;
    const unexplained = [...found.other].filter(
      (name) => ![traffic, fraud, justice, rest].some((group) => group.test(name)),
    );
    expect(unexplained).toEqual([]);
  });
});

describe.skipIf(!existsSync(fileOf('vancouver_2012_2017.csv.gz')))('Vancouver', () => {
  it('maps each of its names', async () => {
    const found = await findingsOf(fileOf('vancouver_2012_2017.csv.gz'), 'America/Vancouver');
    expect(found).toMatchObject({
      ...NOTHING_WRONG,
      incidents: 160_871,
      identities: 160_871,
      precision: { minute: 160_871 },
      category: {
        burglary: 28_560,
        'vehicle-crime': 62_358,
        'bicycle-theft': 12_837,
        'other-theft': 24_366,
        'criminal-damage-arson': 24_141,
        other: 8_609,
      },
      // The file has neither offences against persons nor anything that officers find.
      marker: {},
      foundByOfficers: {},
      other: new Set([
        'Vehicle Collision or Pedestrian Struck (with Fatality)',
        'Vehicle Collision or Pedestrian Struck (with Injury)',
      ]),
    });
  });
});

describe.each([
  {
    name: 'uk_merseyside_2018_2021.csv.gz',
    rows: 627_122,
    identities: 627_122,
    category: {
      'anti-social-behaviour': 128_132,
      burglary: 31_991,
      robbery: 4_619,
      'theft-from-person': 6_743,
      'vehicle-crime': 30_355,
      'bicycle-theft': 6_171,
      shoplifting: 26_212,
      'other-theft': 31_874,
      'criminal-damage-arson': 55_265,
      violence: 196_139,
      'possession-of-weapons': 4_397,
      drugs: 39_599,
      'public-order': 54_914,
      other: 10_711,
    },
    foundByOfficers: { drugs: 39_599, 'possession-of-weapons': 4_397 },
  },
  {
    name: 'uk_city_of_london_2018_2021.csv.gz',
    rows: 26_539,
    identities: 26_360,
    category: {
      'anti-social-behaviour': 3_885,
      burglary: 921,
      robbery: 415,
      'theft-from-person': 2_241,
      'vehicle-crime': 669,
      'bicycle-theft': 1_477,
      shoplifting: 2_832,
      'other-theft': 5_549,
      'criminal-damage-arson': 846,
      violence: 3_636,
      'possession-of-weapons': 214,
      drugs: 2_010,
      'public-order': 1_425,
      other: 419,
    },
    foundByOfficers: { drugs: 2_010, 'possession-of-weapons': 214 },
  },
])('police.uk: $name', ({ name, rows, identities, category, foundByOfficers }) => {
  it.skipIf(!existsSync(fileOf(name)))(
    'maps each of its 14 crime types, all known to the month only',
    async () => {
      const found = await findingsOf(fileOf(name), 'Europe/London');
      expect(found).toEqual({
        ...NOTHING_WRONG,
        ...{ incidents: rows, identities, category, foundByOfficers },
        precision: { month: rows },
        // Nothing tells a knife or a domestic incident apart.
        marker: {},
        named: { knife: 0, domestic: 0 },
        other: new Set(['Other crime']),
      });
    },
  );
});
