/** A handover as lines of a table, each a thing with its time, place and figures: what CSV and GeoJSON are written from. */
import type { Dismissal, Outcome } from '../../shared/alert-step.ts';
import type { Cell } from '../../shared/cell.ts';
import type { Language } from '../../shared/explanation.ts';
import { forceName } from '../../shared/force-name.ts';
import type { ChosenArea } from '../../shared/forecast-outcome.ts';
import type { Handover, HandoverStep } from '../../shared/handover.ts';
import type { Theme } from '../../shared/theme.ts';
import { HANDOVER_WORDS, type HandoverSection, type HandoverWords } from './handover-words.ts';

export interface HandoverLine {
  section: HandoverSection;
  /** The section's name in the language asked for, as is `text`. */
  title: string;
  /** RFC 3339; null where it has no time of its own. */
  at: string | null;
  until: string | null;
  theme: Theme | null;
  text: string;
  /** Incidents, or minutes; null where it is not known, or there is none to tell. */
  value: number | null;
  expected: number | null;
  lower: number | null;
  upper: number | null;
  /** As the API names it. */
  state: string | null;
  open: boolean | null;
  by: string | null;
  role: string | null;
  cells: readonly Cell[];
  /** A path of this server. */
  replay: string | null;
}

const EMPTY: Omit<HandoverLine, 'section' | 'title' | 'text'> = {
  ...{ at: null, until: null, theme: null, value: null, expected: null, lower: null, upper: null },
  ...{ state: null, open: null, by: null, role: null, cells: [], replay: null },
};

export function handoverLines(handover: Handover, language: Language): HandoverLine[] {
  const words = HANDOVER_WORDS[language];
  const line = (section: HandoverSection, text: string, own: Partial<HandoverLine> = {}): HandoverLine => ({
    ...EMPTY,
    section,
    title: words.section[section],
    text,
    ...own,
  });
  const { hotspots } = handover;
  return [
    line('handover', titleOf(handover, language), {
      ...{ at: handover.from, until: handover.to, theme: handover.theme, replay: handover.replay },
    }),
    ...handover.figures.map((figure) =>
      line('figure', figureText(figure, words), {
        ...{ at: handover.from, until: handover.until, theme: figure.theme, replay: figure.replay },
        ...{ value: figure.reported, expected: figure.normal?.expected ?? null },
        ...{ lower: figure.normal?.lower ?? null, upper: figure.normal?.upper ?? null },
      }),
    ),
    ...handover.alerts.listed.flatMap(({ alert, state, steps, replay }) => {
      const { finding } = alert;
      const alertLine = line(
        'alert',
        `${words.kind[finding.kind]}: ${words.theme[finding.theme]}; ${words.priority[alert.priority]}; ${words.alertState[state]}`,
        {
          ...{ at: alert.raisedAt, theme: finding.theme, value: finding.observed, state, replay },
          ...{ expected: finding.expected, open: handover.open.alerts.includes(alert.id) },
          ...{ by: alert.holder, cells: finding.cells },
        },
      );
      return [
        alertLine,
        ...steps.map((step) =>
          line('alert-step', stepText(step, words), {
            ...{ at: step.at, state: step.act, by: step.by, role: step.role, theme: finding.theme, replay },
          }),
        ),
      ];
    }),
    ...(hotspots === null
      ? [line('hotspot', words.noForecast)]
      : [
          line('hotspot', mapsText(hotspots, words), {
            ...{ at: hotspots.window.from, until: hotspots.window.to, theme: handover.theme },
            ...{ value: hotspots.incidents.inside, replay: hotspots.replay },
          }),
          ...hotspots.listed.map((hotspot) =>
            line('hotspot', hotspotText(hotspot, words), {
              ...{ at: hotspots.window.from, until: hotspots.window.to, theme: handover.theme },
              ...{ value: hotspot.observed, expected: hotspot.expected, lower: hotspot.lower },
              ...{ upper: hotspot.upper, cells: [hotspot.cell], replay: hotspot.replay },
            }),
          ),
        ]),
    line('dose', doseText(handover.doses, words), {
      ...{ at: handover.from, until: handover.until, value: handover.doses.minutes },
    }),
    ...handover.taskings.map(({ tasking, openAtEnd, replay }) => {
      const { delivered, unit, state } = tasking;
      const minutes = told(delivered.totalMinutes, words);
      const text = `${words.ofDose(unit, minutes, String(tasking.doseMinutes))}; ${words.taskingState[state]}`;
      return line('tasking', text, {
        ...{ at: tasking.taskedAt, theme: tasking.theme, value: delivered.totalMinutes, state },
        ...{ open: openAtEnd, by: tasking.taskedBy, cells: [tasking.cell], replay },
      });
    }),
    ...handover.open.actions.map(({ action, replay }) =>
      line(
        'action',
        `${action.owner.organisation}: ${words.actionState[action.state]}, ${words.due(action.dueOn)}`,
        {
          ...{ at: action.givenAt, theme: action.theme, state: action.state, open: true },
          ...{ by: action.owner.organisation, cells: [action.cell], replay },
        },
      ),
    ),
    ...handover.outages.map(({ agency, feed, from, to, replay }) => {
      const text = `${agency}/${feed}: ${to === null ? words.feedStillSilent : words.feedSilent}`;
      return line('outage', text, { at: from, until: to, state: 'silent', open: to === null, replay });
    }),
    ...handover.notes.map(({ text, by, role, writtenAt, changedBy, changedAt }) => {
      const change = changedBy === null ? '' : ` (${words.changed(changedBy, changedAt ?? '')})`;
      return line('note', `${text}${change}`, { at: writtenAt, by, role });
    }),
  ];
}

function titleOf({ force, from, to, until, feeds }: Handover, language: Language): string {
  const words = HANDOVER_WORDS[language];
  return [
    `${words.title(forceName(force, language))}, ${from} – ${to}`,
    ...(until === to ? [] : [words.soFar]),
    ...(feeds.silentInPart + feeds.silentThroughout === 0
      ? []
      : [words.silent(feeds.silentInPart, feeds.silentThroughout, feeds.known)]),
  ].join('; ');
}

function told(value: number | null, words: HandoverWords, digits = 0): string {
  return value === null ? words.notKnown : value.toFixed(Number.isInteger(value) ? 0 : Math.max(1, digits));
}

function figureText(
  { theme, reported, normal, reason }: Handover['figures'][number],
  words: HandoverWords,
): string {
  const came = reported === null ? words.notKnown : words.reported(String(reported));
  const usual =
    normal === null
      ? `${words.notKnown}: ${reason === null ? '' : words.noNormal[reason]}`
      : words.usual(normal.expected.toFixed(1), String(normal.lower), String(normal.upper));
  return `${words.theme[theme]}: ${came}; ${usual}`;
}

function stepText({ act, detail, note }: HandoverStep, words: HandoverWords): string {
  const what = words.act[act as keyof HandoverWords['act']];
  const own =
    act === 'resolve'
      ? words.outcome[detail as Outcome]
      : act === 'dismiss'
        ? words.dismissal[detail as Dismissal]
        : act === 'shelve'
          ? `${String(detail)} min`
          : detail;
  return [`${what}${own === null ? '' : `: ${own}`}`, ...(note === null ? [] : [note])].join('; ');
}

function mapsText({ model, naiveMap }: NonNullable<Handover['hotspots']>, words: HandoverWords): string {
  const rate = ({ hitRate }: ChosenArea): string =>
    hitRate === null ? words.notKnown : `${(hitRate * 100).toFixed(0)} %`;
  return words.hitRate(rate(model), told(model.pai, words), rate(naiveMap), told(naiveMap.pai, words));
}

function hotspotText(
  { rank, expected, lower, upper, observed, minutes }: NonNullable<Handover['hotspots']>['listed'][number],
  words: HandoverWords,
): string {
  return [
    `${rank}. ${words.expected(expected.toFixed(2), told(lower, words), told(upper, words))}`,
    observed === null ? words.notKnown : words.observed(String(observed)),
    minutes === null ? words.minutesUnknown : words.minutes(told(minutes, words)),
  ].join('; ');
}

function doseText({ minutes, inHotspots }: Handover['doses'], words: HandoverWords): string {
  if (minutes === null) return words.minutesUnknown;
  return `${words.minutes(told(minutes, words))}, ${words.inHotspots(told(inHotspots, words))}`;
}
