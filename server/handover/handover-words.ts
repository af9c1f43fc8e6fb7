/** What a handover's tables say, in English and in Welsh; things have the names they have in CAP messages. */
import type { AlertAct, AlertState } from '../../shared/alert-step.ts';
import type { Language } from '../../shared/explanation.ts';
import type { NoNormalReason } from '../../shared/normal.ts';
import type { ActionState } from '../../shared/partner-action.ts';
import type { TaskingState } from '../../shared/tasking.ts';
import { ENGLISH as CAP_ENGLISH, WELSH as CAP_WELSH, type CapWords } from '../cap/cap-words.ts';

export const HANDOVER_SECTIONS = [
  'handover',
  'figure',
  'alert',
  'alert-step',
  'hotspot',
  'dose',
  'tasking',
  'action',
  'outage',
  'note',
] as const;
export type HandoverSection = (typeof HANDOVER_SECTIONS)[number];

export interface HandoverWords extends Pick<
  CapWords,
  'theme' | 'kind' | 'priority' | 'outcome' | 'dismissal'
> {
  section: Record<HandoverSection, string>;
  act: Record<AlertAct | 'raise', string>;
  alertState: Record<AlertState, string>;
  taskingState: Record<TaskingState, string>;
  actionState: Record<ActionState, string>;
  noNormal: Record<NoNormalReason, string>;
  title: (force: string) => string;
  soFar: string;
  notKnown: string;
  silent: (part: number, throughout: number, known: number) => string;
  reported: (count: string) => string;
  usual: (expected: string, lower: string, upper: string) => string;
  observed: (count: string) => string;
  expected: (count: string, lower: string, upper: string) => string;
  hitRate: (hitRate: string, pai: string, naiveHitRate: string, naivePai: string) => string;
  noForecast: string;
  minutes: (minutes: string) => string;
  minutesUnknown: string;
  inHotspots: (minutes: string) => string;
  ofDose: (unit: string, minutes: string, required: string) => string;
  due: (date: string) => string;
  open: string;
  feedSilent: string;
  feedStillSilent: string;
  changed: (by: string, at: string) => string;
}

const ENGLISH: HandoverWords = {
  ...CAP_ENGLISH,
  section: {
    ...{ handover: 'Handover', figure: 'Key figures', alert: 'Alerts', 'alert-step': 'Steps taken' },
    ...{ hotspot: 'Hotspots', dose: 'Patrol minutes', tasking: 'Taskings', action: 'Partner actions' },
    ...{ outage: 'Feed outages', note: 'Notes' },
  },
  act: {
    ...{ raise: 'raised', acknowledge: 'taken', assign: 'unit assigned', escalate: 'escalated' },
    ...{ resolve: 'resolved', dismiss: 'dismissed', shelve: 'shelved', unshelve: 'off the shelf' },
  },
  alertState: {
    ...{ raised: 'not taken', acknowledged: 'taken', assigned: 'unit assigned' },
    ...{ resolved: 'resolved', dismissed: 'dismissed' },
  },
  taskingState: { tasked: 'tasked', accepted: 'accepted', completed: 'completed', cancelled: 'cancelled' },
  actionState: {
    ...{ given: 'given', accepted: 'accepted', 'under-way': 'under way', done: 'done' },
    ...{ declined: 'declined', withdrawn: 'withdrawn' },
  },
  noNormal: {
    'no-data': 'nothing timed was told of there',
    'history-too-short': 'too few weeks are known',
    'clock-too-fast': 'the clock runs too fast',
    'not-counted': 'the last year is still being counted',
  },
  title: (force) => `Handover, ${force}`,
  soFar: 'so far: the span is not over',
  notKnown: 'not known',
  silent: (part, throughout, known) =>
    `${part} of ${known} feeds were silent for a part of the span, ${throughout} for all of it: what they missed is in no figure`,
  reported: (count) => `${count} reported`,
  usual: (expected, lower, upper) => `usual ${expected}, four times of five ${lower} to ${upper}`,
  observed: (count) => `${count} happened`,
  expected: (count, lower, upper) => `expected ${count} (${lower} to ${upper})`,
  hitRate: (hitRate, pai, naiveHitRate, naivePai) =>
    `hit rate ${hitRate}, PAI ${pai}; naive map ${naiveHitRate}, PAI ${naivePai}`,
  noForecast: 'no forecast was issued for this span',
  minutes: (minutes) => `${minutes} minutes of patrol`,
  minutesUnknown: 'minutes of patrol not known: no unit told where it was',
  inHotspots: (minutes) => `${minutes} of them in the hotspots listed`,
  ofDose: (unit, minutes, required) => `${unit}: ${minutes} minutes in all, ${required} a visit`,
  due: (date) => `due ${date}`,
  open: 'open',
  feedSilent: 'silent',
  feedStillSilent: 'still silent at the end',
  changed: (by, at) => `changed by ${by} at ${at}`,
};

const WELSH: HandoverWords = {
  ...CAP_WELSH,
  section: {
    ...{ handover: 'Trosglwyddo', figure: 'Ffigurau allweddol', alert: 'Rhybuddion' },
    ...{ 'alert-step': 'Camau a gymerwyd', hotspot: 'Mannau poeth', dose: 'Munudau patrôl' },
    ...{ tasking: 'Tasgau', action: 'Camau gan bartneriaid', outage: 'Ffrydiau’n dawel', note: 'Nodiadau' },
  },
  act: {
    ...{ raise: 'codwyd', acknowledge: 'derbyniwyd', assign: 'pennwyd uned', escalate: 'uwchgyfeiriwyd' },
    ...{ resolve: 'datryswyd', dismiss: 'diystyrwyd', shelve: 'rhoddwyd ar y silff' },
    unshelve: 'tynnwyd oddi ar y silff',
  },
  alertState: {
    ...{ raised: 'heb ei dderbyn', acknowledged: 'wedi’i dderbyn', assigned: 'uned wedi’i phennu' },
    ...{ resolved: 'wedi’i ddatrys', dismissed: 'wedi’i ddiystyru' },
  },
  taskingState: {
    ...{ tasked: 'wedi’i neilltuo', accepted: 'wedi’i dderbyn', completed: 'wedi’i gwblhau' },
    cancelled: 'wedi’i ganslo',
  },
  actionState: {
    ...{ given: 'wedi’i roi', accepted: 'wedi’i dderbyn', 'under-way': 'ar waith', done: 'wedi’i wneud' },
    ...{ declined: 'wedi’i wrthod', withdrawn: 'wedi’i dynnu’n ôl' },
  },
  noNormal: {
    'no-data': 'ni ddywedwyd dim ag amser iddo yno',
    'history-too-short': 'mae rhy ychydig o wythnosau’n hysbys',
    'clock-too-fast': 'mae’r cloc yn rhedeg yn rhy gyflym',
    'not-counted': 'mae’r flwyddyn ddiwethaf yn dal i gael ei chyfrif',
  },
  title: (force) => `Trosglwyddo, ${force}`,
  soFar: 'hyd yma: nid yw’r cyfnod ar ben',
  notKnown: 'ddim yn hysbys',
  silent: (part, throughout, known) =>
    `o’r ${known} ffrwd, roedd ${part} yn dawel am ran o’r cyfnod a ${throughout} drwyddo draw: nid yw’r hyn a gollwyd mewn unrhyw ffigur`,
  reported: (count) => `${count} wedi’u hadrodd`,
  usual: (expected, lower, upper) => `arferol ${expected}, bedair gwaith o bob pump ${lower} i ${upper}`,
  observed: (count) => `${count} wedi digwydd`,
  expected: (count, lower, upper) => `disgwylid ${count} (${lower} i ${upper})`,
  hitRate: (hitRate, pai, naiveHitRate, naivePai) =>
    `cyfradd daro ${hitRate}, PAI ${pai}; map syml ${naiveHitRate}, PAI ${naivePai}`,
  noForecast: 'ni chyhoeddwyd rhagolwg ar gyfer y cyfnod hwn',
  minutes: (minutes) => `${minutes} munud o batrôl`,
  minutesUnknown: 'munudau patrôl ddim yn hysbys: ni ddywedodd yr un uned ble’r oedd',
  inHotspots: (minutes) => `${minutes} ohonynt yn y mannau poeth a restrir`,
  ofDose: (unit, minutes, required) => `${unit}: ${minutes} munud i gyd, ${required} bob ymweliad`,
  due: (date) => `erbyn ${date}`,
  open: 'agored',
  feedSilent: 'tawel',
  feedStillSilent: 'yn dal yn dawel ar y diwedd',
  changed: (by, at) => `newidiwyd gan ${by} am ${at}`,
};

export const HANDOVER_WORDS: Record<Language, HandoverWords> = { en: ENGLISH, cy: WELSH };
