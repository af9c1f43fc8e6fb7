/** A feed whose account is known: so many incidents, corrections, duplicates and bad messages, in random order. */
import type { IncidentMessage } from '../../shared/incident.ts';
import { CATEGORIES } from '../../shared/category.ts';

export interface KnownFeed {
  payloads: Uint8Array[];
  stored: number;
  duplicates: number;
  rejected: number;
  /** What counts in the end, by id. */
  latest: Map<string, IncidentMessage>;
}

/** Of `messages`: 70 % incidents, and 10 % each corrections, duplicates and bad ones. */
export function knownFeed(messages: number, nowMs: number): KnownFeed {
  const tenth = Math.floor(messages / 10);
  const incidents = Array.from({ length: messages - 3 * tenth }, (_, index): IncidentMessage => {
    const category = CATEGORIES[index % CATEGORIES.length] ?? 'other';
    return {
      id: `known-${index}`,
      occurredAt: new Date(nowMs - index * 1_000).toISOString(),
      location: { lat: 51.3 + (index % 97) * 0.004, lon: -0.4 + (index % 89) * 0.007 },
      category,
      markers: index % 5 === 0 ? ['alcohol', 'youth'] : [],
      severity: 1 + (index % 5),
      nativeCategory: `number ${index}`,
    };
  });
  const corrections = incidents.slice(0, tenth).map((incident, index): IncidentMessage => ({
    ...incident,
    revision: 2,
    status: index % 4 === 0 ? 'cancelled' : 'closed',
    location: { lat: 51.9, lon: 0.1 + index * 0.0001 },
  }));
  const duplicates = incidents.slice(tenth, 2 * tenth);
  const bad = incidents
    .slice(0, tenth)
    .map((incident, index) => ({ ...incident, id: `bad-${index}`, suspect: 'x' }));
  const latest = new Map([...incidents, ...corrections].map((message) => [message.id, message]));
  const all = shuffled([...incidents, ...corrections, ...duplicates, ...bad]);
  return {
    payloads: all.map((message) => new TextEncoder().encode(JSON.stringify(message))),
    stored: incidents.length + corrections.length,
    duplicates: duplicates.length,
    rejected: bad.length,
    latest,
  };
}

/** Always in the same order (a linear congruential generator, Knuth 1997). */
function shuffled<T>(items: readonly T[]): T[] {
  let state = 1;
  const keyed = items.map((item): [number, T] => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return [state, item];
  });
  return keyed.sort(([one], [other]) => one - other).map(([, item]) => item);
}
