/** Geiriau esboniad yn Gymraeg: the words of an explanation in Welsh. */
import type { ExplanationWords } from './explanation-english.ts';
import type { Age, Nearness } from './explanation.ts';
import type { Theme } from './theme.ts';

const theme: Record<Theme, string> = {
  all: 'Pob digwyddiad',
  'knife-crime': 'Troseddau cyllyll',
  asb: 'Ymddygiad gwrthgymdeithasol',
  vawg: 'Trais yn erbyn menywod a merched',
  violence: 'Trais',
  burglary: 'Byrgleriaeth',
  theft: 'Dwyn',
};

/** After `o`, which softens the first consonant. */
const themesIncidents: Record<Theme, string> = {
  all: 'ddigwyddiadau',
  'knife-crime': 'droseddau cyllyll',
  asb: 'ymddygiad gwrthgymdeithasol',
  vawg: 'drais yn erbyn menywod a merched',
  violence: 'drais',
  burglary: 'fyrgleriaeth',
  theft: 'ddwyn',
};

const ALL_KINDS = 'ddigwyddiadau o bob math';

const where: Record<Nearness | 'coarse', string> = {
  here: 'yn yr hecsagon hwn',
  around: 'yn yr hecsagonau o’i gwmpas (o fewn tua 500 m)',
  coarse: 'yn yr ardal hon, gan gynnwys ei hymyl',
};

const when: Record<Age, string> = {
  '3-days': 'yn y 3 diwrnod diwethaf',
  '30-days': '3 i 30 diwrnod yn ôl',
  '90-days': '30 i 90 diwrnod yn ôl',
  '365-days': '90 diwrnod i flwyddyn yn ôl',
  earlier: 'dros flwyddyn yn ôl',
  'any-time': 'yn y gorffennol',
};

/** A number is followed by the singular, and two softens it. */
const incidents = (count: number, digits: string): string =>
  count === 2 ? `${digits} ddigwyddiad` : `${digits} digwyddiad`;

export const welsh: ExplanationWords = {
  locale: 'cy-GB',
  theme,
  summary: (subject) =>
    `${theme[subject.theme]} yn yr ${subject.coarse ? 'ardal hon' : 'hecsagon hwn'}: disgwylir ${subject.expected} (${subject.from} – ${subject.to}).`,
  spread: (low, high, low95, high95, chance) =>
    `Gyda thebygolrwydd o 80 %, ${low} i ${high}; gyda 95 %, ${low95} i ${high95}; o leiaf un: ${chance}.`,
  rank: (rank, cells) => `Safle ${rank} o ${cells}.`,
  wholeAtUsualHours: (whole) => `${whole} a ddisgwylir ar oriau arferol`,
  whole: (whole) => `${whole} a ddisgwylir`,
  incidentTerm: (part, whole, kind, of) =>
    `Daw ${part} o’r ${whole} o ${kind === 'all' ? ALL_KINDS : themesIncidents[of]}`,
  where,
  when,
  counted: (count, digits) => `(${incidents(count, digits)})`,
  level: (part, whole) =>
    `Daw ${part} o’r ${whole} o lefel yr ardal: mae’r un faint gan bob hecsagon, beth bynnag a ddigwyddodd yno.`,
  hoursAdd: (part) =>
    `+ ${part} ar gyfer yr oriau a’r dyddiau hyn: mae mwy’n digwydd yma bryd hynny nag mewn mannau eraill yn yr ardal.`,
  hoursTake: (part) =>
    `− ${part} ar gyfer yr oriau a’r dyddiau hyn: mae llai’n digwydd yma bryd hynny nag mewn mannau eraill yn yr ardal.`,
  hoursChangeNothing: 'Nid yw’r oriau a’r dyddiau hyn yn newid dim.',
  meanCell: (figure) => `Ar gyfartaledd, disgwylir ${figure} ym mhob hecsagon yn yr ardal.`,
  naiveMap: (figure, count, digits, days) =>
    `Byddai cyfrif syml (${incidents(count, digits)} yma yn y ${days} diwrnod diwethaf) yn disgwyl ${figure}.`,
  withoutSensitive:
    'Ni chaiff digwyddiadau domestig a rhywiol eu cyfrif yma: mae’r hecsagon yn rhy fach i’w crybwyll.',
  drifts: 'Mae’r rhagolwg hwn wedi bod yn anghywir yn ddiweddar: mae’r cerdyn sgorio’n dweud sut.',
  quietLately: (count, digits, usual) =>
    `Tawelach yn ddiweddar: ${incidents(count, digits)} yn y 30 diwrnod diwethaf, ond ${usual} fyddai’n arferol cyn hynny.`,
  otherHours: (figure) =>
    `Ar adegau eraill y mae’r rhan fwyaf yn digwydd yma: fel arall, disgwylid ${figure} yn fwy.`,
  naiveMapLower: (figure) => `Byddai cyfrif syml yn disgwyl llai: ${figure}.`,
  noneIsPossible: (chance) => `Efallai na fydd dim yn digwydd: y tebygolrwydd o hynny yw ${chance}.`,
  fewIncidents: (digits) =>
    `Ychydig o ddigwyddiadau sydd y tu ôl iddo: ${digits} yn y 365 diwrnod diwethaf, yma ac o gwmpas.`,
  borrowedWeights: (from) =>
    `Roedd rhy ychydig o ddigwyddiadau o’r fath i ddysgu ohonynt: defnyddir pwysau “${theme[from]}”.`,
  feedLate: (feed, time) =>
    `Mae’r ffynhonnell “${feed}” yn hwyr: dyddiad ei digwyddiad diweddaraf yw ${time}.`,
  feedSilent: (feed, time) =>
    `Ni chlywyd gan y ffynhonnell “${feed}” ers ${time}: nid yw tawelwch yma’n golygu strydoedd tawel.`,
};
