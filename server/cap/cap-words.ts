/** What a CAP message says to people, in English and in Welsh. */
import type { AlertKind, AlertPriority, EmergingClass } from '../../shared/alert.ts';
import type { Dismissal, Outcome } from '../../shared/alert-step.ts';
import type { Theme } from '../../shared/theme.ts';

export interface CapWords {
  language: 'en-GB' | 'cy-GB';
  theme: Record<Theme, string>;
  kind: Record<AlertKind, string>;
  class: Record<EmergingClass, string>;
  priority: Record<AlertPriority, string>;
  outcome: Record<Outcome, string>;
  dismissal: Record<Dismissal, string>;
  event: (kind: string, of: string) => string;
  headline: (priority: string, event: string, force: string) => string;
  counted: (observed: string, from: string, to: string) => string;
  expected: (expected: string) => string;
  onceInDays: (days: string) => string;
  nearRepeat: (rise: string, metres: string, days: string) => string;
  over: string;
  overUnknown: string;
  coarse: string;
  ended: (how: string) => string;
  assess: string;
  noAction: string;
  area: (cells: number, kind: 'fine' | 'coarse', place: string, force: string) => string;
}

export const ENGLISH: CapWords = {
  language: 'en-GB',
  theme: {
    ...{ all: 'incidents of all kinds', 'knife-crime': 'knife crime', asb: 'anti-social behaviour' },
    ...{
      vawg: 'violence against women and girls',
      violence: 'violence',
      burglary: 'burglary',
      theft: 'theft',
    },
  },
  kind: { emerging: 'Emerging hotspot', 'near-repeat': 'Near-repeat risk', rule: 'Rule met' },
  class: {
    ...{ new: 'new', intensifying: 'intensifying', persistent: 'persistent' },
    ...{ diminishing: 'diminishing', sporadic: 'sporadic' },
  },
  priority: { high: 'High priority', medium: 'Medium priority', low: 'Low priority' },
  outcome: {
    'offence-confirmed': 'an offence was confirmed',
    'disorder-dealt-with': 'disorder was dealt with',
    reassured: 'people there were reassured',
    'nothing-found': 'nothing was found',
    'passed-to-partner': 'it was passed to a partner',
    'not-attended': 'nobody attended',
  },
  dismissal: {
    'known-event': 'a known event explains it',
    'known-operation': 'a known operation explains it',
    'same-incident': 'its reports are of one incident',
    'wrong-data': 'its data were wrong',
    'no-concern': 'it was judged to be no concern',
  },
  event: (kind, of) => `${kind}: ${of}`,
  headline: (priority, event, force) => `${priority}. ${event}, ${force}`,
  counted: (observed, from, to) => `${observed} incidents from ${from} to ${to}.`,
  expected: (expected) => `The forecast issued before expected ${expected}.`,
  onceInDays: (days) => `Chance alone gives as much, anywhere in the force, once in ${days} days.`,
  nearRepeat: (rise, metres, days) =>
    `Within ${metres} metres and ${days} days of such an incident the risk is ${rise} times the usual.`,
  over: 'What was found holds no longer.',
  overUnknown: 'Whether it still holds is not known: a feed that tells of the place is silent.',
  coarse: 'The place is given coarsely.',
  ended: (how) => `A person has closed this alert: ${how}.`,
  assess:
    'Assess. People decide what is done: nothing is dispatched by this message. It is about places, not persons.',
  noAction: 'No further action is called for by this message.',
  area: (cells, kind, place, force) =>
    `${force}: ${cells} ${cells === 1 ? 'hexagon' : 'hexagons'} of about ${kind === 'fine' ? '0.1' : '5'} km² around ${place}`,
};

export const WELSH: CapWords = {
  language: 'cy-GB',
  theme: {
    ...{ all: 'digwyddiadau o bob math', 'knife-crime': 'troseddau cyllyll' },
    ...{ asb: 'ymddygiad gwrthgymdeithasol', vawg: 'trais yn erbyn menywod a merched', violence: 'trais' },
    ...{ burglary: 'byrgleriaeth', theft: 'dwyn' },
  },
  kind: {
    ...{
      emerging: 'Man poeth sy’n dod i’r amlwg',
      'near-repeat': 'Risg ailadrodd agos',
      rule: 'Rheol wedi’i bodloni',
    },
  },
  class: {
    ...{ new: 'newydd', intensifying: 'yn dwysáu', persistent: 'parhaus' },
    ...{ diminishing: 'yn lleihau', sporadic: 'ysbeidiol' },
  },
  priority: { high: 'Blaenoriaeth uchel', medium: 'Blaenoriaeth ganolig', low: 'Blaenoriaeth isel' },
  outcome: {
    'offence-confirmed': 'cadarnhawyd trosedd',
    'disorder-dealt-with': 'deliwyd ag anhrefn',
    reassured: 'tawelwyd meddwl pobl yno',
    'nothing-found': 'ni chafwyd dim',
    'passed-to-partner': 'fe’i trosglwyddwyd i bartner',
    'not-attended': 'nid aeth neb yno',
  },
  dismissal: {
    'known-event': 'mae digwyddiad hysbys yn ei esbonio',
    'known-operation': 'mae ymgyrch hysbys yn ei esbonio',
    'same-incident': 'am un digwyddiad y mae ei adroddiadau',
    'wrong-data': 'roedd ei ddata’n anghywir',
    'no-concern': 'barnwyd nad yw’n destun pryder',
  },
  event: (kind, of) => `${kind}: ${of}`,
  headline: (priority, event, force) => `${priority}. ${event}, ${force}`,
  counted: (observed, from, to) => `Nifer y digwyddiadau: ${observed}, o ${from} hyd ${to}.`,
  expected: (expected) => `Roedd y rhagolwg a gyhoeddwyd cyn hynny yn disgwyl ${expected}.`,
  onceInDays: (days) =>
    `Mae siawns yn unig yn rhoi cymaint, rhywle yn ardal yr heddlu, unwaith mewn ${days} diwrnod.`,
  nearRepeat: (rise, metres, days) =>
    `O fewn ${metres} metr a ${days} diwrnod i ddigwyddiad o’r fath mae’r risg ${rise} gwaith yr arferol.`,
  over: 'Nid yw’r hyn a ganfuwyd yn dal mwyach.',
  overUnknown: 'Nid yw’n hysbys a yw’n dal: mae ffrwd sy’n sôn am y lle yn dawel.',
  coarse: 'Rhoddir y lle yn fras.',
  ended: (how) => `Mae person wedi cau’r rhybudd hwn: ${how}.`,
  assess:
    'Aseswch. Pobl sy’n penderfynu beth a wneir: nid yw’r neges hon yn anfon neb. Mae’n ymwneud â lleoedd, nid â phersonau.',
  noAction: 'Nid yw’r neges hon yn galw am weithredu pellach.',
  area: (cells, kind, place, force) =>
    `${force}: ${cells} hecsagon o tua ${kind === 'fine' ? '0.1' : '5'} km² o amgylch ${place}`,
};
