/** Turns a message into an incident with every default filled in and located, or says why it is refused. */
import { createHash } from 'node:crypto';
import { Compile } from 'typebox/compile';
import type { StoredIncident } from '../../shared/announcement.ts';
import { cellAt } from '../../shared/cell.ts';
import type { Agency } from '../../shared/category.ts';
import { UNASSIGNED, type Force } from '../../shared/force.ts';
import { IncidentMessage, type Origin } from '../../shared/incident.ts';
import { formatInstant, MINUTE_MS, parseInstant } from '../../shared/time.ts';

export const AHEAD_TOLERANCE_MS = 5 * MINUTE_MS;

export interface AcceptedIncident {
  stored: StoredIncident;
  /** Kept in the database only. */
  reportedAt: string | null;
  precisionMetres: number | null;
  summary: string | null;
  contentSha256: Buffer;
}

export interface Rejection {
  reason: string;
  /** JSON path of the offending value, `` for the message as a whole. */
  path: string;
  /** The known, valid fields; never the refused content. */
  fields: Record<string, string | number>;
}

export type Validated = { accepted: AcceptedIncident } | { rejection: Rejection };

export interface ValidationContext {
  agency: Agency;
  feed: string;
  streamAtMs: number;
  allowOrigins: ReadonlySet<Origin>;
  /** Under the feed clock an incident is received when it became known; else when the stream took it. */
  clock: 'system' | 'feed';
  /** Whose area holds a point, for incidents that name no force; without it they stay unassigned. */
  forceAt?: (latitude: number, longitude: number) => Force;
}

const schema = Compile(IncidentMessage);
const decoder = new TextDecoder('utf-8', { fatal: true });

export function validate(payload: Uint8Array, context: ValidationContext): Validated {
  let message: unknown;
  try {
    message = JSON.parse(decoder.decode(payload));
  } catch {
    return rejected('not JSON in UTF-8', '', message);
  }
  if (!schema.Check(message)) {
    const deep = tooDeepAt(message);
    if (deep !== undefined) return rejected('nested deeper than an incident', deep, message);
    const [first] = schema.Errors(message).filter(({ keyword }) => keyword !== 'additionalProperties');
    if (first?.keyword === 'boolean') return rejected('unknown field', first.instancePath, message);
    return rejected(first?.message ?? 'does not meet the schema', first?.instancePath ?? '', message);
  }
  const instants = readInstants(message);
  if ('path' in instants) return rejected('not a date and time with zone (RFC 3339)', instants.path, message);
  const { occurredAtMs, occurredUntilMs, reportedAtMs } = instants;
  const receivedAtMs = context.clock === 'feed' ? (reportedAtMs ?? occurredAtMs) : context.streamAtMs;
  if (occurredAtMs > receivedAtMs + AHEAD_TOLERANCE_MS) {
    return rejected('more than 5 minutes ahead of the clock', '/occurredAt', message);
  }
  if (occurredUntilMs !== null && occurredUntilMs < occurredAtMs) {
    return rejected('before occurredAt', '/occurredUntil', message);
  }
  const origin = message.origin ?? 'live';
  if (!context.allowOrigins.has(origin)) {
    return rejected(`origin ${origin} is not allowed here (ALLOW_ORIGINS)`, '/origin', message);
  }
  const { lat, lon, precisionMetres } = message.location;
  const stored: StoredIncident = {
    agency: context.agency,
    feed: context.feed,
    id: message.id,
    revision: message.revision ?? 1,
    status: message.status ?? 'open',
    origin,
    occurredAt: formatInstant(occurredAtMs),
    occurredUntil: occurredUntilMs === null ? null : formatInstant(occurredUntilMs),
    timePrecision: message.timePrecision ?? 'minute',
    receivedAt: formatInstant(receivedAtMs),
    lat,
    lon,
    cell: cellAt(lat, lon),
    category: message.category,
    markers: [...(message.markers ?? [])].sort(),
    nativeCategory: message.nativeCategory ?? null,
    severity: message.severity ?? 2,
    force: message.force ?? context.forceAt?.(lat, lon) ?? UNASSIGNED,
    discovery: message.discovery ?? defaultDiscovery(message),
  };
  const reportedAt = reportedAtMs === null ? null : formatInstant(reportedAtMs);
  const summary = message.summary ?? null;
  const own = { reportedAt, precisionMetres: precisionMetres ?? null, summary };
  const contentSha256 = contentHash({ ...stored, force: message.force ?? UNASSIGNED }, own);
  return { accepted: { stored, ...own, contentSha256 } };
}

function defaultDiscovery({ category }: IncidentMessage): StoredIncident['discovery'] {
  return category === 'drugs' || category === 'possession-of-weapons' ? 'officer' : 'reported';
}

type Instants = { occurredAtMs: number; occurredUntilMs: number | null; reportedAtMs: number | null };

function readInstants(message: IncidentMessage): Instants | { path: string } {
  const occurredAtMs = parseInstant(message.occurredAt);
  if (occurredAtMs === undefined) return { path: '/occurredAt' };
  const occurredUntilMs = message.occurredUntil === undefined ? null : parseInstant(message.occurredUntil);
  if (occurredUntilMs === undefined) return { path: '/occurredUntil' };
  const reportedAtMs = message.reportedAt === undefined ? null : parseInstant(message.reportedAt);
  if (reportedAtMs === undefined) return { path: '/reportedAt' };
  return { occurredAtMs, occurredUntilMs, reportedAtMs };
}

/**
 * Two messages have the same content when their incidents are equal once defaults are filled in. A force
 * that was found from the place is no part of it: sent again after an import, the message is still the same.
 */
function contentHash(stored: StoredIncident, own: object): Buffer {
  // When it was received, and where the cell lies, do not come from the sender.
  const content = { ...stored, receivedAt: undefined, cell: undefined, ...own };
  return createHash('sha256').update(JSON.stringify(content)).digest();
}

/** Where something is nested deeper than any field of an incident: collecting errors would follow it to the end of the stack. */
function tooDeepAt(message: unknown): string | undefined {
  const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;
  if (!isNested(message)) return undefined;
  const deep = Object.entries(message).find(
    ([, value]) => isNested(value) && Object.values(value).some(isNested),
  );
  return deep === undefined ? undefined : `/${deep[0]}`;
}

const REPORTABLE = ['id', 'revision', 'occurredAt', 'category', 'origin', 'status'] as const;
/** An unknown field's name is the sender's, as long as a message: it must fit into ours, and into the database. */
const MAX_PATH_CHARACTERS = 200;

function rejected(reason: string, path: string, message: unknown): Validated {
  const told: Record<string, string | number> = {};
  for (const name of REPORTABLE) {
    const value = (message as Partial<Record<string, unknown>> | null | undefined)?.[name];
    if (typeof value === 'string' || typeof value === 'number') told[name] = value;
  }
  const invalid = new Set(schema.Errors(told).map(({ instancePath }) => instancePath));
  if (parseInstant(String(told['occurredAt'])) === undefined) invalid.add('/occurredAt');
  const fields = Object.entries(told).filter(([name]) => path !== `/${name}` && !invalid.has(`/${name}`));
  return { rejection: { reason, path: storablePath(path), fields: Object.fromEntries(fields) } };
}

function storablePath(path: string): string {
  return path.slice(0, MAX_PATH_CHARACTERS).toWellFormed().replaceAll('\u0000', '\ufffd');
}
