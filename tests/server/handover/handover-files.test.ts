/** A handover as CSV and GeoJSON: every part of it, in both languages, and nothing unknown as zero. */
import { describe, expect, it } from 'vitest';
import { handoverCsv, handoverGeoJson } from '../../../server/handover/handover-files.ts';
import { HANDOVER_SECTIONS } from '../../../server/handover/handover-words.ts';
import { handoverOf } from '../../support/handovers.ts';

const ORIGIN = 'https://forewatch.example';

/** RFC 4180. */
function rowsOf(csv: string): Record<string, string>[] {
  const fields = [...csv.replace('\uFEFF', '').matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n)/g)];
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of fields) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') rows.push([]);
  }
  const [header = [], ...rest] = rows.filter(({ length }) => length > 0);
  return rest.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
}

const of = (section: string, csv: string): Record<string, string>[] =>
  rowsOf(csv).filter((row) => row['section'] === section);

describe('as CSV', () => {
  const csv = handoverCsv(handoverOf(), 'en', ORIGIN);

  it('has the figures with what is usual, and leaves empty what is not known', () => {
    const [all, burglary] = of('figure', csv);
    expect(all).toMatchObject({ theme: 'all', value: '31', expected: '24.2', lower: '18', upper: '31' });
    expect(all?.['replay']).toBe(`${ORIGIN}/replay?at=2026-03-01T22:00:00Z`);
    expect(burglary).toMatchObject({ value: '', expected: '', lower: '' });
    expect(burglary?.['text']).toBe('burglary: not known; not known: nothing timed was told of there');
    expect(of('dose', csv)[0]).toMatchObject({
      ...{ value: '', text: 'minutes of patrol not known: no unit told where it was' },
    });
  });

  it('has alerts, each step with who and when, outages and notes', () => {
    expect(of('alert', csv)[0]).toMatchObject({ state: 'resolved', by: 'desk-1', open: 'false' });
    expect(of('alert-step', csv).map(({ at, by, role, text }) => [at, by, role, text])).toEqual([
      ['2026-03-01T15:00:00.000Z', 'server', 'server', 'raised'],
      [...['2026-03-01T15:20:00.000Z', 'desk-1', 'dispatcher'], 'resolved: nothing was found; =quiet, "now"'],
    ]);
    expect(of('outage', csv)[0]).toMatchObject({
      ...{ at: '2026-03-01T16:00:00.000Z', until: '', text: 'council/cctv: still silent at the end' },
    });
    expect(of('note', csv)[0]).toMatchObject({
      ...{ by: 'lead-1', role: 'shift-lead', at: '2026-03-01T21:40:00.000Z' },
      text: 'Watch the harbour (changed by lead-2 at 2026-03-01T21:50:00.000Z)',
    });
    expect(of('handover', csv)[0]?.['text']).toContain('1 of 2 feeds were silent for a part');
  });

  it('lets no spreadsheet take what was typed for a formula', () => {
    const handover = handoverOf();
    const notes = handover.notes.map((note) => ({ ...note, text: '=1+1', changedBy: null }));
    expect(of('note', handoverCsv({ ...handover, notes }, 'en', ORIGIN))[0]?.['text']).toBe("'=1+1");
  });

  it('is in Welsh where that is asked for, with the same lines', () => {
    const welsh = handoverCsv(handoverOf(), 'cy', ORIGIN);
    expect(of('dose', welsh)[0]?.['text']).toContain('ddim yn hysbys');
    expect(of('figure', welsh)[0]?.['title']).toBe('Ffigurau allweddol');
    expect(rowsOf(welsh)).toHaveLength(rowsOf(csv).length);
    expect(rowsOf(welsh).map(({ text }) => text)).not.toEqual(rowsOf(csv).map(({ text }) => text));
  });

  it('says so where there was no forecast, and that the shift is not over', () => {
    const soFar = handoverCsv(
      handoverOf({ hotspots: null, until: '2026-03-01T20:00:00.000Z' }),
      'en',
      ORIGIN,
    );
    expect(of('hotspot', soFar).map(({ text }) => text)).toEqual(['no forecast was issued for this span']);
    expect(of('handover', soFar)[0]?.['text']).toContain('so far');
  });
});

describe('as GeoJSON', () => {
  interface Feature {
    geometry: { type: string; coordinates: number[][][] } | null;
    properties: { section: string; cells: string[]; replay: string | null };
  }
  const { features } = handoverGeoJson(handoverOf(), 'en', ORIGIN) as { features: Feature[] };

  it('has hexagons, closed, longitude first, and what has no place without geometry', () => {
    const hotspot = features.find(
      ({ properties }) => properties.section === 'hotspot' && properties.cells[0],
    );
    const ring = hotspot?.geometry?.coordinates[0] ?? [];
    expect(hotspot?.geometry?.type).toBe('Polygon');
    expect(ring).toHaveLength(7);
    expect(ring[0]).toEqual(ring[6]);
    expect(Math.abs(ring[0]?.[0] ?? 9)).toBeLessThan(1);
    expect(ring[0]?.[1]).toBeGreaterThan(51);
    const note = features.find(({ properties }) => properties.section === 'note');
    expect(note?.geometry).toBeNull();
  });

  it('has the same lines as the CSV', () => {
    const sections = features.map(({ properties }) => properties.section);
    expect(sections).toEqual(rowsOf(handoverCsv(handoverOf(), 'en', ORIGIN)).map((row) => row['section']));
    expect(sections.every((section) => HANDOVER_SECTIONS.some((known) => known === section))).toBe(true);
  });
});
