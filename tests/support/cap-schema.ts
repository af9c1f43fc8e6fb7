/** The rules of CAP 1.2's schema, written down from the standard (OASIS CAP-v1.2, 1 July 2010, sections 3.2 and 3.4). */
import type { ParsedElement } from './parsed-xml.ts';

interface Rule {
  name: string;
  least: 0 | 1;
  most: 1 | 'many';
  /** Of its text; an element without one has children by their own rules. */
  text?: RegExp;
  children?: readonly Rule[];
}

const ANY = /^[^]+$/;
const one = (name: string, text: RegExp = ANY): Rule => ({ name, least: 1, most: 1, text });
const optional = (name: string, text: RegExp = ANY): Rule => ({ name, least: 0, most: 1, text });
const many = (name: string, text: RegExp = ANY): Rule => ({ name, least: 0, most: 'many', text });
const parts = (name: string, children: readonly Rule[]): Rule => ({ name, least: 0, most: 'many', children });

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/;
const POINT = String.raw`-?\d+(\.\d+)?,-?\d+(\.\d+)?`;
const NAMED = [one('valueName'), one('value')];
const CATEGORIES = /^(Geo|Met|Safety|Security|Rescue|Fire|Health|Env|Transport|Infra|CBRNE|Other)$/;
const RESPONSES = /^(Shelter|Evacuate|Prepare|Execute|Avoid|Monitor|Assess|AllClear|None)$/;

const AREA: readonly Rule[] = [
  one('areaDesc'),
  many('polygon', new RegExp(`^${POINT}( ${POINT}){3,}$`)),
  many('circle', new RegExp(`^${POINT} \\d+(\\.\\d+)?$`)),
  parts('geocode', NAMED),
  optional('altitude', /^-?\d+(\.\d+)?$/),
  optional('ceiling', /^-?\d+(\.\d+)?$/),
];

const INFO: readonly Rule[] = [
  optional('language', /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/),
  { ...many('category', CATEGORIES), least: 1 },
  one('event'),
  many('responseType', RESPONSES),
  one('urgency', /^(Immediate|Expected|Future|Past|Unknown)$/),
  one('severity', /^(Extreme|Severe|Moderate|Minor|Unknown)$/),
  one('certainty', /^(Observed|Likely|Possible|Unlikely|Unknown)$/),
  optional('audience'),
  parts('eventCode', NAMED),
  ...['effective', 'onset', 'expires'].map((name) => optional(name, TIME)),
  ...['senderName', 'headline', 'description', 'instruction', 'web', 'contact'].map((name) => optional(name)),
  parts('parameter', NAMED),
  parts('resource', [one('resourceDesc'), one('mimeType'), optional('size'), optional('uri')]),
  parts('area', AREA),
];

const NAME = /^[^\s,<&]+$/;
const ALERT: readonly Rule[] = [
  one('identifier', NAME),
  one('sender', NAME),
  one('sent', TIME),
  one('status', /^(Actual|Exercise|System|Test|Draft)$/),
  one('msgType', /^(Alert|Update|Cancel|Ack|Error)$/),
  optional('source'),
  one('scope', /^(Public|Restricted|Private)$/),
  optional('restriction'),
  optional('addresses'),
  many('code'),
  optional('note'),
  optional('references', /^[^\s,]+,[^\s,]+,[^\s,]+( [^\s,]+,[^\s,]+,[^\s,]+)*$/),
  optional('incidents'),
  parts('info', INFO),
];

/** What is wrong with a message, by path; empty where it is as the schema and the standard's prose ask. */
export function capFaults(root: ParsedElement): string[] {
  const faults = root.name === 'alert' ? childFaults(root, ALERT, 'alert') : [`${root.name} is no alert`];
  if (root.attributes['xmlns'] !== 'urn:oasis:names:tc:emergency:cap:1.2') faults.push('another namespace');
  const text = (name: string): string | undefined => root.children.find((child) => child.name === name)?.text;
  if ((text('scope') === 'Restricted') !== (text('restriction') !== undefined)) faults.push('restriction');
  if (text('scope') === 'Private' && text('addresses') === undefined) faults.push('addresses');
  if (['Update', 'Cancel'].includes(text('msgType') ?? '') && text('references') === undefined)
    faults.push('references');
  for (const info of root.children.filter(({ name }) => name === 'info')) faults.push(...ringFaults(info));
  return faults;
}

function childFaults({ children, text }: ParsedElement, rules: readonly Rule[], path: string): string[] {
  const faults = text.trim() === '' ? [] : [`${path}: text between its elements`];
  let at = 0;
  for (const rule of rules) {
    let count = 0;
    for (; children[at]?.name === rule.name; at++, count++) {
      const child = children[at];
      if (child === undefined) break;
      const here = `${path}/${rule.name}`;
      if (rule.children !== undefined) faults.push(...childFaults(child, rule.children, here));
      else if (rule.text?.test(child.text) !== true || child.children.length > 0)
        faults.push(`${here}: ${child.text}`);
    }
    if (count < rule.least || (rule.most === 1 && count > 1))
      faults.push(`${path}/${rule.name}: ${count} times`);
  }
  const left = children[at];
  return left === undefined ? faults : [...faults, `${path}/${left.name}: unknown here`];
}

/** A polygon's last pair is its first. */
function ringFaults(info: ParsedElement): string[] {
  const rings = info.children
    .filter(({ name }) => name === 'area')
    .flatMap(({ children }) => children.filter(({ name }) => name === 'polygon'));
  return rings
    .map(({ text }) => text.split(' '))
    .filter((pairs) => pairs[0] !== pairs.at(-1))
    .map((pairs) => `polygon: ${pairs[0] ?? ''} is not where it ends`);
}
