/** NATS subjects: where incidents come in, where stages announce, and how to read them back. */
import { AGENCIES, type Agency } from '../../shared/category.ts';
import type { Force } from '../../shared/force.ts';

/** `{at, speed}`, published by whoever plays a recording. */
export const CLOCK_SUBJECT = 'clock.v1';

/** One per agency, so that a sender of any other gets no acknowledgement. */
export const INCIDENT_SUBJECTS = AGENCIES.map((agency) => `incidents.v1.${agency}.*`);
export const PATROL_SUBJECTS = 'patrols.v1.*';
export const REJECTED_SUBJECTS = 'rejected.v1.>';
/** Asked by gateways, answered by forecasters; in no stream. */
export const EXPLAIN_SUBJECTS = 'explain.v1.*';
/** All that LIVE holds. */
export const ANNOUNCEMENT_SUBJECTS = [
  'stored.v1.>',
  'forecasts.v1.>',
  'hotspots.v1.>',
  'alerts.v1.>',
  'feeds.v1.>',
];

/** A source within an agency. */
export interface FeedName {
  agency: Agency;
  feed: string;
}

const FEED = /^[a-z0-9-]{1,64}$/;

export function isFeedName(text: string): boolean {
  return FEED.test(text);
}

export function incidentSubject(agency: Agency, feed: string): string {
  return `incidents.v1.${agency}.${feed}`;
}

export function patrolsSubject(force: Force): string {
  return `patrols.v1.${force}`;
}

export function rejectedSubject(agency: Agency, feed: string): string {
  return `rejected.v1.${agency}.${feed}`;
}

export function feedsSubject(agency: Agency, feed: string): string {
  return `feeds.v1.${agency}.${feed}`;
}

export function storedSubject(force: Force): string {
  return `stored.v1.${force}`;
}

export function forecastsSubject(force: Force): string {
  return `forecasts.v1.${force}`;
}

export function hotspotsSubject(force: Force): string {
  return `hotspots.v1.${force}`;
}

export function alertsSubject(force: Force): string {
  return `alerts.v1.${force}`;
}

export function explainSubject(force: Force): string {
  return `explain.v1.${force}`;
}

/** Where messages of an agency are accounted for whose subject names no feed. */
export const UNNAMED_FEED = 'unnamed';

/**
 * The feed that an incident's subject names, `UNNAMED_FEED` where its last part is no feed's name, or
 * `undefined` where the stream would not have taken it.
 */
export function parseIncidentSubject(subject: string): FeedName | undefined {
  const [incidents, version, agencyName, feed = '', ...more] = subject.split('.');
  const agency = AGENCIES.find((known) => known === agencyName);
  if (incidents !== 'incidents' || version !== 'v1' || agency === undefined || more.length > 0)
    return undefined;
  return { agency, feed: isFeedName(feed) ? feed : UNNAMED_FEED };
}

/** `police/cad` as commands take it, or `undefined` where it is no feed. */
export function parseFeedPath(path: string): FeedName | undefined {
  return feedOf(path.split('/'));
}

function feedOf(parts: string[]): FeedName | undefined {
  const [agencyName, feed] = parts;
  const agency = AGENCIES.find((known) => known === agencyName);
  if (agency === undefined || feed === undefined || parts.length !== 2 || !isFeedName(feed)) return undefined;
  return { agency, feed };
}
