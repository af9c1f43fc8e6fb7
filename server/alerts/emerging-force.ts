/** Emerging hotspots of one force: every theme's detector, and the places that alerts tell of. */
import type { Detection } from '../../models/emerging/detector.ts';
import type { Edition } from '../../models/emerging/issued-expectation.ts';
import { ScanGrid } from '../../models/emerging/scan-grid.ts';
import { MAX_RINGS } from '../../models/emerging/scan-windows.ts';
import { countedAtMs, feedsModel } from '../../models/features/counted-incident.ts';
import type { IncidentChange, Superseded } from '../../shared/announcement.ts';
import { cellsByDistance, type Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import { isTimed } from '../../shared/period.ts';
import { THEMES, themesOf, type Theme } from '../../shared/theme.ts';
import { DAY_MS, type TimeZone } from '../../shared/time.ts';
import { EmergingTheme, type EncodedTheme, type Happening } from './emerging-theme.ts';
import { placeableExpectation, type ThemeForecast } from './placeable-expectation.ts';
import { isOpenPlace, mayJoin, type WatchedPlace } from './watched-place.ts';

/** Of one force, over all its themes, chance alone brings no more than one alert in so many days. */
export const PROMISED_DAYS = 1;
/** By theme: as if they had nothing to do with each other, so the promise is rather kept too well. */
export const PROMISED_DAYS_PER_THEME = PROMISED_DAYS * THEMES.length;

/** JSON, for checkpoints. */
export interface EncodedForce {
  themes: Partial<Record<Theme, EncodedTheme>>;
  places: WatchedPlace[];
}

/** What has changed at a place: `isNew` where a cluster opened where none was open. */
export interface PlaceChange {
  watched: WatchedPlace;
  isNew: boolean;
}

export class EmergingForce {
  readonly #force: Force;
  readonly #grid = new ScanGrid();
  readonly #themes: ReadonlyMap<Theme, EmergingTheme>;
  #places: WatchedPlace[];

  /** Throws `DetectorUnreadable` for the state of another version. */
  constructor(force: Force, timeZone: TimeZone, encoded?: EncodedForce) {
    this.#force = force;
    const options = { grid: this.#grid, timeZone, promisedDays: PROMISED_DAYS_PER_THEME };
    this.#themes = new Map(
      THEMES.map((theme) => [theme, new EmergingTheme(options, encoded?.themes[theme])]),
    );
    this.#places = encoded?.places ?? [];
  }

  get places(): readonly WatchedPlace[] {
    return this.#places;
  }

  get themes(): ReadonlyMap<Theme, EmergingTheme> {
    return this.#themes;
  }

  /** Whether something is expected of the cell or of one nearby. */
  expectsAround(cell: Cell): boolean {
    const isExpecting =
      this.#themes.get('all')?.editions.some(({ expected }) => expected.length > 0) === true;
    return (
      isExpecting &&
      cellsByDistance(cell, MAX_RINGS).some((ring) => ring.some((one) => this.#grid.indexOf(one) >= 0))
    );
  }

  /** Takes in what was forecast of all themes at one issue, or in the place of one. */
  expect(forecasts: ReadonlyMap<Theme, ThemeForecast>, window: IssuedWindow, isStandIn: boolean): void {
    for (const [theme, emerging] of this.#themes) {
      const own = forecasts.get(theme);
      if (own === undefined) continue;
      const { cells, profile } = own;
      const expected = placeableExpectation(theme, forecasts);
      emerging.expect({ ...window, cells, expected, profile, isStandIn });
    }
  }

  /** Counts the incident if it is of this force, and takes back what it supersedes if that was. */
  take({ incident, superseded }: IncidentChange, nowMs: number, isTimely: boolean): PlaceChange[] {
    const changes: PlaceChange[] = [];
    if (superseded !== undefined && superseded.force === this.#force) {
      for (const theme of countingThemes(superseded))
        for (const detection of this.#themes.get(theme)?.remove(happeningOf(superseded), nowMs) ?? [])
          changes.push(...this.#note(theme, detection, nowMs));
    }
    if (incident.force !== this.#force) return changes;
    for (const theme of countingThemes(incident)) {
      const detection = this.#themes.get(theme)?.add(happeningOf(incident), nowMs, isTimely);
      if (detection !== undefined) changes.push(...this.#note(theme, detection, nowMs));
    }
    return changes;
  }

  tick(nowMs: number): PlaceChange[] {
    const changes = [...this.#themes].flatMap(([theme, emerging]) =>
      emerging.tick(nowMs).flatMap((detection) => this.#note(theme, detection, nowMs)),
    );
    this.#places = this.#places.filter(({ closedMs }) => closedMs === null || nowMs - closedMs < DAY_MS);
    return changes;
  }

  /** What a detector has found at a theme's calibration. */
  note(theme: Theme, detections: readonly Detection[], nowMs: number): PlaceChange[] {
    return detections.flatMap((detection) => this.#note(theme, detection, nowMs));
  }

  encode(nowMs: number): EncodedForce {
    const themes = Object.fromEntries(
      [...this.#themes].map(([theme, emerging]) => [theme, emerging.encode(nowMs)]),
    );
    return { themes, places: this.#places };
  }

  #note(theme: Theme, detection: Detection, nowMs: number): PlaceChange[] {
    const isOpen = detection.change !== 'closed';
    const known = this.#places.find(({ members }) =>
      members.some((member) => member.theme === theme && member.detection.id === detection.id),
    );
    if (known !== undefined) {
      known.members = known.members.map((member) =>
        member.theme === theme && member.detection.id === detection.id
          ? { theme, detection, isOpen }
          : member,
      );
      settle(known, nowMs);
      return [{ watched: known, isNew: false }];
    }
    if (!isOpen) return [];
    const joined = this.#places.findLast((watched) => mayJoin(watched, theme, detection));
    if (joined !== undefined) {
      const isNew = !isOpenPlace(joined);
      // Of clusters that closed before, nothing more is to be told.
      const members = isNew ? [] : joined.members;
      joined.members = [...members, { theme, detection, isOpen }];
      if (isNew) joined.decidedOnceInDays = null;
      settle(joined, nowMs);
      return [{ watched: joined, isNew }];
    }
    const watched: WatchedPlace = {
      place: `emerging:${this.#force}:${theme}:${detection.centre}:${detection.windowToMs}`,
      members: [{ theme, detection, isOpen }],
      ...{ closedMs: null, isUnknown: false, decidedOnceInDays: null },
    };
    this.#places.push(watched);
    return [{ watched, isNew: true }];
  }
}

export type IssuedWindow = Pick<Edition, 'issuedMs' | 'fromMs' | 'toMs'>;

function settle(watched: WatchedPlace, nowMs: number): void {
  if (!isOpenPlace(watched)) watched.closedMs ??= nowMs;
  else [watched.closedMs, watched.isUnknown] = [null, false];
}

function happeningOf(incident: Superseded): Happening {
  const occurredAtMs = countedAtMs({ ...incident, occurredAtMs: Date.parse(incident.occurredAt) });
  return { cell: incident.cell, occurredAtMs };
}

/**
 * The themes in whose windows the incident counts: of what feeds the model, and has an hour. What only the cleared may
 * place finely counts in its own theme alone: else the cells of another's alert would give it away.
 */
function countingThemes(incident: Superseded): Theme[] {
  if (incident.status === 'cancelled' || !feedsModel(incident) || !isTimed(incident.timePrecision)) return [];
  const themes = themesOf(incident);
  return themes.includes('vawg') ? ['vawg'] : themes;
}
