/** Alerts as CAP 1.2: held to the standard whatever they say, from the first message to the last. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capMessage, type CapContext } from '../../../server/cap/cap-message.ts';
import { alertFeed } from '../../../server/cap/alert-feed.ts';
import { ALERT_KINDS, ALERT_PRIORITIES, EMERGING_CLASSES } from '../../../shared/alert.ts';
import type { Alert } from '../../../shared/alert-state.ts';
import { DISMISSALS, OUTCOMES } from '../../../shared/alert-step.ts';
import { cellsByDistance, coarseCell, inCell } from '../../../shared/cell.ts';
import { FORCES_AND_UNASSIGNED } from '../../../shared/force.ts';
import { THEMES } from '../../../shared/theme.ts';
import { capFaults } from '../../support/cap-schema.ts';
import { finding, placeOf } from '../../support/findings.ts';
import { parsedXml, textsOf, type ParsedElement } from '../../support/parsed-xml.ts';

const SENT = '2026-03-01T21:41:07.250Z';

function alert(change: Partial<Alert> = {}): Alert {
  return {
    ...{ id: '4711', force: 'kent', version: 1, revision: 1, priority: 'high', state: 'raised' },
    ...{ finding: finding(), coarse: false, raisedAt: SENT, changedAt: SENT, escalatedAt: null },
    ...{ shelvedUntil: null, heldBack: false, parent: null, holder: null, unit: null },
    ...{ outcome: null, dismissal: null },
    ...change,
  };
}

const CONTEXT: CapContext = {
  ...{ sender: 'kent.example', status: 'Actual', timeZone: 'Europe/London', earlier: [] },
};
const EARLIER = [
  { revision: 1, sent: SENT },
  { revision: 2, sent: '2026-03-01T21:42:00.000Z' },
];

function message(change: Partial<Alert> = {}, context: Partial<CapContext> = {}): ParsedElement {
  return parsedXml(capMessage(alert(change), { ...CONTEXT, ...context }));
}
const infosOf = (root: ParsedElement): ParsedElement[] => root.children.filter(({ name }) => name === 'info');
const infoOf = (root: ParsedElement): Record<string, string> =>
  Object.fromEntries((infosOf(root)[0]?.children ?? []).map(({ name, text }) => [name, text]));

describe('a CAP message', () => {
  it('is of an alert that has been raised an Alert, in English and Welsh', () => {
    const root = message();
    expect(capFaults(root)).toEqual([]);
    const fields = root.children.filter(({ name }) => name !== 'info').map(({ name, text }) => [name, text]);
    expect(fields).toEqual([
      ['identifier', 'forewatch-alert-4711-1'],
      ['sender', 'kent.example'],
      ['sent', '2026-03-01T21:41:07-00:00'],
      ['status', 'Actual'],
      ['msgType', 'Alert'],
      ['source', 'Forewatch'],
      ['scope', 'Restricted'],
      ['restriction', expect.stringContaining('not for publication')],
    ]);
    expect(infosOf(root).flatMap((info) => textsOf(info, 'language'))).toEqual(['en-GB', 'cy-GB']);
    expect(infosOf(root).flatMap((info) => textsOf(info, 'headline'))).toEqual([
      'High priority. Emerging hotspot: incidents of all kinds (new), Kent',
      'Blaenoriaeth uchel. Man poeth sy’n dod i’r amlwg: digwyddiadau o bob math (newydd), Kent',
    ]);
    expect(infoOf(root)['description']).toBe(
      '9 incidents from 1 March 2026 at 20:40 to 1 March 2026 at 21:40. The forecast issued before expected 1.4. ' +
        'Chance alone gives as much, anywhere in the force, once in 30 days.',
    );
  });

  it('is an Update of what was told before, and a Cancel once somebody has decided', () => {
    const update = message({ revision: 3, state: 'assigned' }, { earlier: EARLIER });
    expect(capFaults(update)).toEqual([]);
    expect(textsOf(update, 'msgType')).toEqual(['Update']);
    expect(textsOf(update, 'references')).toEqual([
      'kent.example,forewatch-alert-4711-1,2026-03-01T21:41:07-00:00 ' +
        'kent.example,forewatch-alert-4711-2,2026-03-01T21:42:00-00:00',
    ]);
    for (const end of [
      { state: 'resolved', outcome: 'reassured' },
      { state: 'dismissed', dismissal: 'known-event' },
    ] as const) {
      const cancel = message({ revision: 3, ...end }, { earlier: EARLIER });
      expect(capFaults(cancel)).toEqual([]);
      expect(textsOf(cancel, 'msgType')).toEqual(['Cancel']);
      expect(textsOf(cancel, 'note')).toEqual([
        expect.stringMatching(/A person has closed.*Mae person wedi cau/),
      ]);
      expect(infoOf(cancel)).toMatchObject({ urgency: 'Past', responseType: 'None' });
    }
  });

  it.each([
    ['high', { kind: 'emerging', onceInDays: 30, theme: 'knife-crime' }, 'Immediate Severe Likely'],
    ['medium', { kind: 'emerging', onceInDays: 2, theme: 'asb' }, 'Expected Minor Possible'],
    ['low', { kind: 'near-repeat', theme: 'burglary' }, 'Future Moderate Possible'],
    ['low', { kind: 'rule', theme: 'all' }, 'Future Unknown Observed'],
    ['high', { over: true }, 'Past Unknown Likely'],
    ['high', { over: null }, 'Immediate Unknown Unknown'],
  ] as const)('tells urgency, severity and certainty: %s %j', (priority, change, told) => {
    const { urgency, severity, certainty } = infoOf(message({ priority, finding: finding(change) }));
    expect([urgency, severity, certainty].join(' ')).toBe(told);
  });

  it('calls a force as it is called in each language', () => {
    const infos = infosOf(message({ force: 'south-wales' }));
    expect(infos.flatMap((info) => textsOf(info, 'senderName'))).toEqual([
      'Forewatch, South Wales',
      'Forewatch, De Cymru',
    ]);
  });

  it('names its figures, and neither who holds it nor what is not known', () => {
    const root = message({ holder: 'desk-7', unit: 'K-21', finding: finding({ expected: null }) });
    const [info] = infosOf(root);
    const named = (info?.children ?? [])
      .filter(({ name }) => name === 'parameter')
      .map(({ children: [name, value] }) => [name?.text, value?.text]);
    expect(named).toContainEqual(['forewatch.observed', '9']);
    expect(named).toContainEqual(['forewatch.onceInDays', '30']);
    expect(named.map(([name]) => name)).not.toContain('forewatch.expected');
    expect(JSON.stringify(root)).not.toMatch(/desk-7|K-21/);
  });

  it.each([
    ['one cell', [placeOf(0)], 1],
    ['touching cells, as one ring', cellsByDistance(placeOf(0), 1).flat(), 1],
    ['cells apart', [placeOf(0), placeOf(5)], 2],
    ['a ring with a hole, cell by cell', cellsByDistance(placeOf(0), 1)[1] ?? [], 6],
    ['coarse cells', [coarseCell(placeOf(0))], 1],
  ])('draws %s', (_, cells, rings) => {
    const root = message({ finding: finding({ cells }) });
    expect(capFaults(root)).toEqual([]);
    const [area] = infosOf(root)[0]?.children.filter(({ name }) => name === 'area') ?? [];
    if (area === undefined) throw new Error('there is no area');
    const polygons = textsOf(area, 'polygon').map((text) =>
      text.split(' ').map((pair) => pair.split(',').map(Number)),
    );
    expect(polygons).toHaveLength(rings);
    // Drawn a little towards the middle, each corner is in a cell of the alert.
    for (const ring of polygons) {
      const middle = [0, 1].map(
        (axis) => ring.reduce((sum, corner) => sum + (corner[axis] ?? 0), 0) / ring.length,
      );
      const inside = ring.map((corner) =>
        [0, 1].map((axis) => 0.98 * (corner[axis] ?? 0) + 0.02 * (middle[axis] ?? 0)),
      );
      for (const [lat = 0, lon = 0] of inside)
        expect(cells.some((cell) => inCell(cell, lat, lon))).toBe(true);
    }
  });

  it('says that it may be an exercise, and whom a private one is for', () => {
    const exercise = message({}, { status: 'Exercise', addressee: 'hooks.example' });
    expect(capFaults(exercise)).toEqual([]);
    expect(textsOf(exercise, 'status')).toEqual(['Exercise']);
    expect(textsOf(exercise, 'note')).toEqual([expect.stringContaining('simulated')]);
    expect([...textsOf(exercise, 'scope'), ...textsOf(exercise, 'addresses')]).toEqual([
      'Private',
      'hooks.example',
    ]);
  });
});

const anyText = fc.string({ unit: 'binary', minLength: 1 });
const hostileText = fc
  .array(
    fc.constantFrom(
      '&',
      '<',
      '>',
      '"',
      "'",
      ']]>',
      '<!--',
      '\u0000',
      '\u000b',
      '\ud800',
      '\uffff',
      '\r\n',
      'é',
      '</event>',
    ),
  )
  .map((list) => list.join(''));
const anyAlert = fc.record({
  force: fc.constantFrom(...FORCES_AND_UNASSIGNED),
  revision: fc.integer({ min: 2, max: 40 }),
  priority: fc.constantFrom(...ALERT_PRIORITIES),
  ending: fc.constantFrom({}, ...OUTCOMES.map((outcome) => ({ state: 'resolved' as const, outcome })),
    ...DISMISSALS.map((dismissal) => ({ state: 'dismissed' as const, dismissal }))),
  coarse: fc.boolean(),
  finding: fc.record({
    kind: fc.constantFrom(...ALERT_KINDS),
    class: fc.constantFrom(null, ...EMERGING_CLASSES),
    theme: fc.constantFrom(...THEMES),
    observed: fc.nat(),
    expected: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    onceInDays: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 })),
    over: fc.constantFrom(true, false, null),
    cells: fc.uniqueArray(fc.constantFrom(...cellsByDistance(placeOf(3), 3).flat()), { minLength: 1 }),
    rule: fc.option(fc.record({ id: fc.nat(), name: fc.oneof(anyText, hostileText) })),
  }),
}); // prettier-ignore

describe('whatever an alert says', () => {
  it('its message keeps to the standard, and says it', () => {
    fc.assert(
      fc.property(anyAlert, ({ finding: found, ending, ...rest }) => {
        const root = message({ ...rest, ...ending, finding: finding(found) }, { earlier: EARLIER });
        expect(capFaults(root)).toEqual([]);
        if (found.rule === null) return;
        const told = found.rule.name
          .toWellFormed()
          .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
        expect(infoOf(root)['event']).toBe(`Rule met: ${told}`);
      }),
    );
  });

  it('the feed of open alerts is well-formed, and links to each', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, hostileText), { maxLength: 4 }), (names) => {
        const alerts = names.map((name, id) =>
          alert({ id: String(id), finding: finding({ rule: { id, name } }) }),
        );
        const feed = parsedXml(alertFeed(alerts, { sender: 'a/b&c', at: SENT }));
        const entries = feed.children.filter(({ name }) => name === 'entry');
        const links = entries.flatMap(({ children }) => children.filter(({ name }) => name === 'link'));
        expect(links.map(({ attributes }) => attributes['href'])).toEqual(
          names.map((_, id) => `/api/alerts/${id}/cap?revision=1`),
        );
      }),
    );
  });
});
