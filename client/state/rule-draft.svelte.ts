/** A rule while it is being written: each field as it stands in the form, and what is wrong with it. */
import type { AlertPriority, AlertRule, RuleArea } from '../../shared/alert.ts';
import { ruleFaults, type NamedRule, type RuleDryRun, type RuleField } from '../../shared/alert-rule.ts';
import type { Category, Marker } from '../../shared/category.ts';
import { cellCentre, finenessOf, type Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';

/** A number field that is empty holds no number. */
type Figure = number | null;

export class RuleDraft {
  name = $state('');
  priority = $state<AlertPriority>('medium');
  enabled = $state(true);
  force = $state<Force>('unassigned');
  categories = $state<Category[]>([]);
  markers = $state<Marker[]>([]);
  minimumSeverity = $state<Figure>(1);
  areaKind = $state<RuleArea['kind']>('force');
  /** Separated by spaces, commas or lines. */
  cells = $state('');
  lat = $state<Figure>(null);
  lon = $state<Figure>(null);
  radiusMetres = $state<Figure>(500);
  count = $state<Figure>(3);
  windowMinutes = $state<Figure>(60);
  coolDownMinutes = $state<Figure>(120);
  /** What it would have raised, of the rule as it stood then. */
  #seen = $state.raw<{ of: string; shown: RuleDryRun } | null>(null);
  /** The rule that is being changed. */
  readonly kept: NamedRule | undefined;

  /** @param place the hexagon that is open, to begin with */
  constructor(kept: NamedRule | undefined, { force, place }: { force: Force; place: Cell | null }) {
    this.kept = kept;
    this.force = force;
    if (place !== null) {
      if (finenessOf(place) === 'fine') this.cells = place;
      [this.lat, this.lon] = cellCentre(place).map((degrees) => Math.round(degrees * 1e5) / 1e5) as [
        number,
        number,
      ];
    }
    if (kept === undefined) return;
    const { rule } = kept;
    this.name = kept.name;
    this.priority = kept.priority;
    this.enabled = kept.enabled;
    this.force = rule.force;
    this.categories = [...rule.categories];
    this.markers = [...rule.markers];
    this.minimumSeverity = rule.minimumSeverity;
    this.count = rule.count;
    this.windowMinutes = rule.windowMinutes;
    this.coolDownMinutes = rule.coolDownMinutes;
    this.areaKind = rule.area.kind;
    if (rule.area.kind === 'cells') this.cells = rule.area.cells.join(' ');
    if (rule.area.kind === 'circle') {
      [this.lat, this.lon, this.radiusMetres] = [rule.area.lat, rule.area.lon, rule.area.radiusMetres];
    }
  }

  /** As the server takes it; an empty field is no number, which `faults` tells of. */
  get rule(): AlertRule {
    return {
      ...{ force: this.force, categories: this.categories, markers: this.markers, area: this.#area },
      minimumSeverity: figure(this.minimumSeverity),
      count: figure(this.count),
      windowMinutes: figure(this.windowMinutes),
      coolDownMinutes: figure(this.coolDownMinutes),
    };
  }

  get faults(): RuleField[] {
    return ruleFaults({ name: this.name, rule: this.rule });
  }

  get #area(): RuleArea {
    switch (this.areaKind) {
      case 'force':
        return { kind: 'force' };
      case 'cells':
        return { kind: 'cells', cells: this.cells.split(/[\s,;]+/).filter((cell) => cell !== '') };
      case 'circle': {
        const radiusMetres = figure(this.radiusMetres);
        return { kind: 'circle', lat: figure(this.lat), lon: figure(this.lon), radiusMetres };
      }
    }
  }

  see(of: AlertRule, shown: RuleDryRun): void {
    this.#seen = { of: JSON.stringify(of), shown };
  }

  /** The dry run of the rule as it stands; null where it has not been seen since it was changed. */
  get seen(): RuleDryRun | null {
    return this.#seen?.of === JSON.stringify(this.rule) ? this.#seen.shown : null;
  }

  /** Whether its figures have been seen, now or when it was saved. */
  get maySave(): boolean {
    if (this.seen !== null) return true;
    if (this.kept === undefined) return false;
    return (
      JSON.stringify(new RuleDraft(this.kept, { force: this.force, place: null }).rule) ===
      JSON.stringify(this.rule)
    );
  }
}

function figure(value: Figure | undefined): number {
  return value ?? NaN;
}
