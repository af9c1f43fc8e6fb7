/** Turns the picture and its announcements into the frames one subscription gets. */
import type { Announcement, IncidentChange, IncidentsStored } from '../../shared/announcement.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import { MAX_DELTA_INCIDENTS, type CountChange, type Delta, type Snapshot } from '../../shared/messages.ts';
import { themesOf, type Theme } from '../../shared/theme.ts';
import { formatInstant } from '../../shared/time.ts';
import { permits, viewOf, type Principal } from '../access/policy.ts';
import { countStep, type LivePicture } from './live-picture.ts';
import { shownIncident, shownRanking, shownSuperseded } from './shown.ts';

/** A subscription after access rules. */
export interface View {
  principal: Principal;
  forces: readonly Force[];
  themes: readonly Theme[];
  horizonHours: HorizonHours;
}

/** Equal keys get equal frames, which are then made once. */
export function viewKey({ principal, forces, themes, horizonHours }: View): string {
  return `${viewOf(principal)}|${forces.join(',')}|${themes.join(',')}|${horizonHours}`;
}

export function snapshotOf(picture: LivePicture, view: View, nowMs: number): Snapshot {
  const { principal, forces, themes, horizonHours } = view;
  return {
    type: 'snapshot',
    seq: picture.seq,
    serverTime: formatInstant(nowMs),
    forces: [...forces],
    themes: [...themes],
    horizonHours,
    counts: picture.counts(viewOf(principal)).of(forces, themes),
    hotspots: picture.hotspots(forces, themes, horizonHours).map((ranked) => shownRanking(principal, ranked)),
    alerts: [],
    feeds: permits(principal, { act: 'read-feeds' }) ? [...picture.feeds.values()] : [],
    incidents: picture.latest.of(forces, themes).map((incident) => shownIncident(principal, incident)),
    origins: picture.origins(nowMs),
  };
}

/** The delta this view gets of an announcement, or `undefined` where it may not see it or did not ask. */
export function deltaOf(seq: number, announcement: Announcement, view: View): Delta | undefined {
  const { principal, forces, themes, horizonHours } = view;
  switch (announcement.type) {
    case 'incidents.stored':
      return forces.includes(announcement.force) ? storedDelta(seq, announcement, view) : undefined;
    case 'hotspots.ranked': {
      const isWanted =
        forces.includes(announcement.force) &&
        themes.includes(announcement.theme) &&
        horizonHours === announcement.horizonHours;
      return isWanted
        ? { type: 'hotspots.ranked', seq, ...shownRanking(principal, announcement) }
        : undefined;
    }
    case 'forecasts.issued':
      return forces.includes(announcement.force) && themes.includes(announcement.theme)
        ? { ...announcement, seq }
        : undefined;
    case 'feeds.changed':
      return permits(principal, { act: 'read-feeds' }) ? { ...announcement, seq } : undefined;
  }
}

/** Deltas of which only the latest counts share a key; incidents have none, since each must arrive. */
export function collapseKey(announcement: Announcement): string | undefined {
  switch (announcement.type) {
    case 'incidents.stored':
      return undefined;
    case 'hotspots.ranked':
    case 'forecasts.issued':
      return `${announcement.type}|${announcement.force}|${announcement.theme}|${announcement.horizonHours}`;
    case 'feeds.changed':
      return `${announcement.type}|${announcement.feed.agency}/${announcement.feed.feed}`;
  }
}

function storedDelta(seq: number, { at, force, changes }: IncidentsStored, view: View): Delta | undefined {
  const { principal, themes } = view;
  const belongs = (classified: Parameters<typeof themesOf>[0]): boolean =>
    themesOf(classified).some((theme) => themes.includes(theme));
  const wanted = changes.filter(
    ({ incident, superseded }) => belongs(incident) || (superseded !== undefined && belongs(superseded)),
  );
  if (wanted.length === 0) return undefined;
  if (wanted.length > MAX_DELTA_INCIDENTS) {
    const origins = [...new Set(wanted.map(({ incident }) => incident.origin))];
    return { type: 'incidents.stored', seq, at, force, counts: countChanges(wanted, view), origins };
  }
  const shown = wanted.map(({ incident, superseded }) => ({
    incident: shownIncident(principal, incident),
    ...(superseded && { superseded: shownSuperseded(principal, superseded) }),
  }));
  return { type: 'incidents.stored', seq, at, force, changes: shown };
}

function countChanges(changes: readonly IncidentChange[], { principal, themes }: View): CountChange[] {
  const counts = new Map<string, CountChange>();
  const count = (place: ReturnType<typeof shownSuperseded>, change: 1 | -1): void => {
    const step = countStep(place);
    if (place.status === 'cancelled' || step === undefined) return;
    const { cell, category } = place;
    for (const theme of themesOf(place).filter((own) => themes.includes(own))) {
      const key = `${theme}|${cell}|${step}|${category}`;
      const sum = counts.get(key) ?? { theme, cell, step, category, change: 0 };
      sum.change += change;
      counts.set(key, sum);
    }
  };
  for (const { incident, superseded } of changes) {
    if (superseded !== undefined) count(shownSuperseded(principal, superseded), -1);
    count(shownIncident(principal, incident), 1);
  }
  return [...counts.values()].filter(({ change }) => change !== 0);
}
