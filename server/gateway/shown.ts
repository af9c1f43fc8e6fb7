/** What of an announcement a principal is shown: its place as fine as the policy allows. */
import type { Alert } from '../../shared/alert-state.ts';
import type { AlertChanged, HotspotsRanked, StoredIncident, Superseded } from '../../shared/announcement.ts';
import { cellCentre, coarseCell } from '../../shared/cell.ts';
import type { HotspotRanking, ShownIncident, ShownSuperseded } from '../../shared/messages.ts';
import { periodOf } from '../../shared/period.ts';
import type { TimeZone } from '../../shared/time.ts';
import { permits, type Principal } from '../access/policy.ts';

type AlertToShow = Pick<AlertChanged, 'alert' | 'sensitive'>;

export function shownIncident(
  principal: Principal,
  incident: StoredIncident,
  timeZone: TimeZone,
): ShownIncident {
  const { nativeCategory: _sendersWords, ...rest } = incident;
  const shown = { ...rest, period: periodOf(incident, timeZone) ?? null };
  if (permits(principal, { act: 'place-incident-finely', incident })) return { ...shown, coarse: false };
  const cell = coarseCell(incident.cell);
  const [lat, lon] = cellCentre(cell);
  return { ...shown, cell, lat, lon, coarse: true };
}

export function shownSuperseded(
  principal: Principal,
  superseded: Superseded,
  timeZone: TimeZone,
): ShownSuperseded {
  const shown = { ...superseded, period: periodOf(superseded, timeZone) ?? null };
  const isFine = permits(principal, { act: 'place-incident-finely', incident: superseded });
  return isFine ? shown : { ...shown, cell: coarseCell(superseded.cell) };
}

/** Where its fine cells would tell of what the reader may not place, those they lie in. */
export function shownAlert(principal: Principal, { alert, sensitive }: AlertToShow): Alert {
  const theme = sensitive ? 'vawg' : alert.finding.theme;
  if (permits(principal, { act: 'place-theme-finely', theme })) return alert;
  const cells = [...new Set(alert.finding.cells.map(coarseCell))];
  return { ...alert, coarse: true, finding: { ...alert.finding, cells } };
}

export function shownRanking(principal: Principal, ranked: HotspotsRanked): HotspotRanking {
  const { type: _type, moved: _moved, coarse, ...ranking } = ranked;
  if (permits(principal, { act: 'place-theme-finely', theme: ranked.theme })) return ranking;
  return { ...ranking, ...coarse };
}
