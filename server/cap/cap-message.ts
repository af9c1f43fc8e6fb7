/** An alert as a message of the Common Alerting Protocol (OASIS CAP-v1.2, 2010), in English and Welsh. */
import type { AlertPriority } from '../../shared/alert.ts';
import { isOpen, type Alert } from '../../shared/alert-state.ts';
import { forceName } from '../../shared/force-name.ts';
import type { Theme } from '../../shared/theme.ts';
import { DAY_MS, formatInstant } from '../../shared/time.ts';
import { capArea } from './cap-area.ts';
import { capParameters } from './cap-parameters.ts';
import { ENGLISH, WELSH, type CapWords } from './cap-words.ts';
import { element, xmlDocument, type XmlChild, type XmlElement } from './xml.ts';

export const CAP_TYPE = 'application/cap+xml';
const NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2';

/** What was told of an alert before: each of its changes is one message. */
export interface EarlierMessage {
  revision: number;
  sent: string;
}

export interface CapContext {
  /** Unique to the installation; part of what later messages refer to. */
  sender: string;
  /** `Exercise` where what is recorded or simulated may be among the incidents. */
  status: 'Actual' | 'Exercise' | 'Test';
  timeZone: string;
  /** In a private message: whom it is for. */
  addressee?: string;
  /** Oldest first: those that this one refers to. */
  earlier: readonly EarlierMessage[];
}

/** `Update` and `Cancel` refer to so many of the latest messages, and to the first. */
export const MOST_REFERENCES = 20;
/** An alert is told of anew at each change; one that has not changed for so long is no news. */
const EXPIRES_MS = DAY_MS;

export function capIdentifier({ id, revision }: { id: string; revision: number }): string {
  return `forewatch-alert-${id}-${revision}`;
}

/** The alert must be as its reader may see it. */
export function capMessage(alert: Alert, context: CapContext): string {
  const { sender, status, addressee } = context;
  const references = referencesOf(alert, context);
  const fields: XmlChild[] = [
    element('identifier', capIdentifier(alert)),
    element('sender', sender),
    element('sent', capTime(Date.parse(alert.changedAt))),
    element('status', status),
    element('msgType', messageType(alert, references)),
    element('source', 'Forewatch'),
    element('scope', addressee === undefined ? 'Restricted' : 'Private'),
    addressee === undefined ? element('restriction', RESTRICTION) : undefined,
    addressee === undefined ? undefined : element('addresses', addressee),
    noteOf(alert, context),
    references === '' ? undefined : element('references', references),
    ...[ENGLISH, WELSH].map((words) => infoOf(alert, words, context)),
  ];
  return xmlDocument(element('alert', fields, { xmlns: NAMESPACE }));
}

const RESTRICTION = 'For those whom the force lets handle its alerts; not for publication.';

/** CAP writes no `Z` and no fractions, and UTC as `-00:00`. */
function capTime(epochMs: number): string {
  return formatInstant(epochMs).replace(/(\.\d+)?Z$/, '-00:00');
}

function messageType(alert: Alert, references: string): 'Alert' | 'Update' | 'Cancel' {
  if (references === '') return 'Alert';
  return isOpen(alert) ? 'Update' : 'Cancel';
}

function referencesOf(alert: Alert, { sender, earlier }: CapContext): string {
  return earlier
    .map(({ revision, sent }) => {
      const identifier = capIdentifier({ id: alert.id, revision });
      return `${sender},${identifier},${capTime(Date.parse(sent))}`;
    })
    .join(' ');
}

function noteOf(alert: Alert, { status }: CapContext): XmlElement | undefined {
  const ending = [ENGLISH, WELSH].map((words) => endOf(alert, words)).filter((text) => text !== undefined);
  const notes = [
    ...(status === 'Exercise' ? ['Recorded or simulated incidents may be among those counted.'] : []),
    ...(status === 'Test' ? ['A test of this connection: nothing has happened.'] : []),
    ...ending,
  ];
  return notes.length === 0 ? undefined : element('note', notes.join(' '));
}

function endOf({ outcome, dismissal }: Alert, words: CapWords): string | undefined {
  if (outcome !== null) return words.ended(words.outcome[outcome]);
  return dismissal === null ? undefined : words.ended(words.dismissal[dismissal]);
}

// High: somebody should go now; medium: within the hour; low: when there is time (CAP 3.2.2, urgency).
const URGENCY: Record<AlertPriority, string> = { high: 'Immediate', medium: 'Expected', low: 'Future' };

// The threat to life or property of what is counted, whatever its urgency; of all kinds together it is not known.
const SEVERITY: Record<Theme, string> = {
  ...{ all: 'Unknown', 'knife-crime': 'Severe', violence: 'Moderate', vawg: 'Moderate' },
  ...{ burglary: 'Moderate', asb: 'Minor', theft: 'Minor' },
};

/** Beyond this chance is a poor explanation: more likely than not something is at work. */
const LIKELY_FROM_DAYS = 7;

/** A rule counts what was reported; an emerging hotspot infers a cause; near-repeat tells of a risk only. */
function certaintyOf({ finding: { kind, onceInDays, over } }: Alert): string {
  if (over === null) return 'Unknown';
  if (kind === 'rule') return 'Observed';
  if (kind === 'near-repeat') return 'Possible';
  return onceInDays !== null && onceInDays >= LIKELY_FROM_DAYS ? 'Likely' : 'Possible';
}

function infoOf(alert: Alert, words: CapWords, context: CapContext): XmlElement {
  const { finding, priority, changedAt } = alert;
  const isPast = finding.over === true || !isOpen(alert);
  const force = forceName(alert.force, words.language === 'cy-GB' ? 'cy' : 'en');
  const event = eventOf(alert, words);
  const sentMs = Date.parse(changedAt);
  return element('info', [
    element('language', words.language),
    element('category', 'Security'),
    element('event', event),
    element('responseType', isOpen(alert) ? 'Assess' : 'None'),
    element('urgency', isPast ? 'Past' : URGENCY[priority]),
    element('severity', SEVERITY[finding.theme]),
    element('certainty', certaintyOf(alert)),
    element('effective', capTime(sentMs)),
    element('onset', capTime(Date.parse(finding.since))),
    element('expires', capTime(sentMs + EXPIRES_MS)),
    element('senderName', `Forewatch, ${force}`),
    element('headline', words.headline(words.priority[priority], event, force)),
    element('description', describe(alert, words, context.timeZone)),
    element('instruction', isOpen(alert) ? words.assess : words.noAction),
    ...capParameters(alert),
    capArea(finding.cells, force, words),
  ]);
}

export function eventOf({ finding }: Alert, words: CapWords): string {
  if (finding.rule !== null) return words.event(words.kind.rule, finding.rule.name);
  const event = words.event(words.kind[finding.kind], words.theme[finding.theme]);
  return finding.class === null ? event : `${event} (${words.class[finding.class]})`;
}

function describe(alert: Alert, words: CapWords, timeZone: string): string {
  const { finding, coarse } = alert;
  const time = new Intl.DateTimeFormat(words.language, { dateStyle: 'long', timeStyle: 'short', timeZone });
  const figure = new Intl.NumberFormat(words.language, { maximumSignificantDigits: 3 });
  const number = (value: number): string => figure.format(value);
  const at = (text: string): string => time.format(Date.parse(text));
  const { observed, expected, onceInDays, nearRepeat, over, window } = finding;
  const sentences = [
    words.counted(number(observed), at(window.from), at(window.to)),
    expected === null ? undefined : words.expected(number(expected)),
    onceInDays === null ? undefined : words.onceInDays(number(onceInDays)),
    nearRepeat === null
      ? undefined
      : words.nearRepeat(number(nearRepeat.rise), number(nearRepeat.distanceMetres), number(nearRepeat.days)),
    over === true ? words.over : undefined,
    over === null ? words.overUnknown : undefined,
    endOf(alert, words),
    coarse ? words.coarse : undefined,
  ];
  return sentences.filter((sentence) => sentence !== undefined).join(' ');
}
