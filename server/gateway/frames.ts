/** Turns the picture and its announcements into the frames one subscription gets. */
import type {
  Announcement,
  IncidentChange,
  IncidentsStored,
  StoredIncident,
  Superseded,
} from '../../shared/announcement.ts';
import { cellCentre } from '../../shared/cell.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import { MAX_DELTA_INCIDENTS, type Delta, type Snapshot } from '../../shared/messages.ts';
import { themesOf, type Theme } from '../../shared/theme.ts';
import { formatInstant, type TimeZone } from '../../shared/time.ts';
import { organisationOf, permits, viewOf, type Principal } from '../access/policy.ts';
import { countChanges } from './count-changes.ts';
import type { LivePicture } from './live-picture.ts';
import { shownAlert, shownIncident, shownRanking, shownSuperseded } from './shown.ts';

/** A subscription after access rules. */
export interface View {
  principal: Principal;
  forces: readonly Force[];
  themes: readonly Theme[];
  horizonHours: HorizonHours;
}

/** Equal keys get equal frames, which are then made once. */
export function viewKey({ principal, forces, themes, horizonHours }: View): string {
  // A partner is told of its own organisation's actions alone.
  const owner = principal.role === 'partner' ? JSON.stringify(organisationOf(principal)) : '';
  return `${viewOf(principal)}|${owner}|${forces.join(',')}|${themes.join(',')}|${horizonHours}`;
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
    periods: picture.periods(viewOf(principal)).of(forces, themes),
    hotspots: picture.hotspots(forces, themes, horizonHours).map((ranked) => shownRanking(principal, ranked)),
    alerts: permits(principal, { act: 'read-alerts' })
      ? picture.openAlerts(forces).map((changed) => shownAlert(principal, changed))
      : [],
    feeds: permits(principal, { act: 'read-feeds' }) ? [...picture.feeds.values()] : [],
    incidents: picture.latest
      .of(forces, themes)
      .map((incident) => shownIncident(principal, incident, picture.timeZone)),
    origins: picture.origins(forces, themes, nowMs),
  };
}

/** The delta this view gets of an announcement, or `undefined` where it may not see it or did not ask. */
export function deltaOf(
  seq: number,
  announcement: Announcement,
  view: View,
  timeZone: TimeZone,
): Delta | undefined {
  const { principal, forces, themes, horizonHours } = view;
  switch (announcement.type) {
    case 'incidents.stored':
      return storedDelta(seq, announcement, view, timeZone);
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
    case 'alert.changed': {
      const { type, at, force } = announcement;
      if (!forces.includes(force) || !permits(principal, { act: 'read-alerts' })) return undefined;
      return { type, seq, at, force, alert: shownAlert(principal, announcement) };
    }
    case 'tasking.changed': {
      const { type, at, force, tasking } = announcement;
      if (!forces.includes(force) || !permits(principal, { act: 'read-taskings' })) return undefined;
      return { type, seq, at, force, id: tasking.id, version: tasking.version, state: tasking.state };
    }
    case 'action.changed': {
      const { type, at, force, action } = announcement;
      const owner = action.owner.organisation;
      if (!forces.includes(force) || !permits(principal, { act: 'read-actions' })) return undefined;
      if (!permits(principal, { act: 'see-action', action: { owner } })) return undefined;
      return { type, seq, at, force, id: action.id, version: action.version, state: action.state };
    }
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
    case 'alert.changed':
      return `${announcement.type}|${announcement.alert.id}`;
    case 'tasking.changed':
      return `${announcement.type}|${announcement.tasking.id}`;
    case 'action.changed':
      return `${announcement.type}|${announcement.action.id}`;
  }
}

function storedDelta(
  seq: number,
  { at, force, changes }: IncidentsStored,
  view: View,
  timeZone: TimeZone,
): Delta | undefined {
  const { principal, forces } = view;
  const wanted = changes.flatMap((change) => seenBy(view, change) ?? []);
  const [first] = wanted;
  if (first === undefined) return undefined;
  const told = { type: 'incidents.stored' as const, seq, at };
  const ownForce = forces.includes(force) ? force : first.incident.force;
  const shown = wanted.map(({ incident, superseded }) => ({
    incident: shownIncident(principal, incident, timeZone),
    ...(superseded && { superseded: shownSuperseded(principal, superseded, timeZone) }),
  }));
  if (shown.length <= MAX_DELTA_INCIDENTS) return { ...told, force: ownForce, changes: shown };
  const origins = [...new Set(shown.map(({ incident }) => incident.origin))];
  // What is listed by name must not stay as it was, though the change is told by counts alone.
  const outdated = shown.flatMap(({ incident: { agency, feed, id }, superseded }) =>
    superseded === undefined ? [] : [`${agency}/${feed}/${id}`],
  );
  return {
    ...told,
    force: ownForce,
    ...countChanges(shown, view.themes),
    origins,
    ...(outdated.length > 0 && { outdated }),
  };
}

/**
 * The change as far as it lies in the view. What a correction moved out of the view's forces is told as
 * cancelled, with nothing of where it went; of what it moved into them, where it came from is left out.
 */
function seenBy(
  { forces, themes }: View,
  { incident, superseded }: IncidentChange,
): IncidentChange | undefined {
  const isSeen = (place: StoredIncident | Superseded): boolean =>
    forces.includes(place.force) && themesOf(place).some((theme) => themes.includes(theme));
  const before = superseded !== undefined && forces.includes(superseded.force) ? superseded : undefined;
  if (!isSeen(incident) && (before === undefined || !isSeen(before))) return undefined;
  if (forces.includes(incident.force)) return { incident, ...(before && { superseded: before }) };
  if (before === undefined) return undefined;
  const [lat, lon] = cellCentre(before.cell);
  const { revision } = incident;
  return {
    incident: { ...incident, ...before, revision, lat, lon, status: 'cancelled' },
    superseded: before,
  };
}
