/** Turns a message on `patrols.v1.<force>` into a ping in its cell, or says why it is refused. */
import { Compile } from 'typebox/compile';
import { cellAt } from '../../shared/cell.ts';
import { FORCES_AND_UNASSIGNED, type Force } from '../../shared/force.ts';
import { PatrolPing } from '../../shared/patrol.ts';
import { HOUR_MS, parseInstant } from '../../shared/time.ts';
import type { Ping } from '../../models/patrols/dwell.ts';
import { AHEAD_TOLERANCE_MS } from '../feeds/validate.ts';
import { parseJsonOrUndefined } from '../parse-json.ts';

/** Pings go after a day; one that comes later than this could miss its neighbours. */
const OLDEST_MS = 23 * HOUR_MS;

export interface UnitPing extends Ping {
  unit: string;
}

export type PingRead = { ping: UnitPing } | { reason: string };

const isPing = Compile(PatrolPing);
const decoder = new TextDecoder();

/** @param nowMs the clock's time */
export function readPing(payload: Uint8Array, nowMs: number): PingRead {
  const message = parseJsonOrUndefined(decoder.decode(payload));
  if (!isPing.Check(message)) {
    const [first] = isPing.Errors(message).filter(({ keyword }) => keyword !== 'additionalProperties');
    if (message === undefined) return { reason: 'not JSON' };
    return {
      reason:
        first?.keyword === 'boolean'
          ? 'unknown field'
          : `${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim(),
    };
  }
  const { unit, at, lat, lon } = message;
  const atMs = parseInstant(at);
  if (atMs === undefined) return { reason: '/at not a date and time with zone (RFC 3339)' };
  if (atMs > nowMs + AHEAD_TOLERANCE_MS) return { reason: '/at more than 5 minutes ahead of the clock' };
  if (atMs < nowMs - OLDEST_MS) return { reason: '/at more than 23 hours ago' };
  return { ping: { unit, atMs, cell: cellAt(lat, lon) } };
}

/** The force that the subject names, or undefined where it is none. */
export function forceOfSubject(subject: string): Force | undefined {
  const slug = subject.split('.')[2];
  return FORCES_AND_UNASSIGNED.find((force) => force === slug);
}
