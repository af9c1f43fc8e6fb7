/** Administrators' rules, evaluated with each incident as it is stored. */
import {
  countFor,
  READY,
  withdrawFrom,
  type RuleIncident,
  type RuleState,
} from '../../models/emerging/rule.ts';
import type { AlertFinding } from '../../shared/alert-state.ts';
import type { NamedRule } from '../../shared/alert-rule.ts';
import type { StoredIncident } from '../../shared/announcement.ts';
import { isSensitive } from '../../shared/category.ts';
import { THEMES, type Theme } from '../../shared/theme.ts';
import { formatInstant, MINUTE_MS } from '../../shared/time.ts';
import type { Pending } from './pending.ts';

/** JSON, for checkpoints. */
export interface EncodedRule {
  id: number;
  version: number;
  state: RuleState;
  /** Of what is in the window: what only the cleared may place. */
  sensitive: string[];
  /** The alert that stands for what is in the window. */
  standing: { place: string; finding: AlertFinding } | null;
}

export class RuleWatch {
  #rules: readonly NamedRule[] = [];
  #states: Map<number, EncodedRule>;

  constructor(encoded: readonly EncodedRule[] = []) {
    this.#states = new Map(encoded.map((state) => [state.id, state]));
  }

  /** Takes the rules as they stand now; one that was changed begins anew. */
  load(rules: readonly NamedRule[]): void {
    this.#rules = rules.filter(({ enabled }) => enabled);
    this.#states = new Map(
      this.#rules.map(({ id, version }) => {
        const before = this.#states.get(id);
        const isSame = before?.version === version;
        return [id, isSame ? before : { id, version, state: READY, sensitive: [], standing: null }];
      }),
    );
  }

  take(incident: StoredIncident, nowMs: number): Pending[] {
    return this.#rules.flatMap((named) => {
      const kept = this.#states.get(named.id);
      return kept === undefined ? [] : this.#count(named, kept, incident, nowMs);
    });
  }

  /** Tells of which rules' alerts too little is left. */
  tick(nowMs: number): Pending[] {
    return this.#rules.flatMap((named) => {
      const kept = this.#states.get(named.id);
      if (kept === undefined || kept.standing === null) return [];
      const { rule } = named;
      const fromMs = nowMs - rule.windowMinutes * MINUTE_MS;
      const left = kept.state.inWindow.filter(({ occurredAtMs }) => occurredAtMs > fromMs);
      if (left.length > rule.count / 2) return [];
      const { place, finding } = kept.standing;
      kept.standing = null;
      return [pendingOf(named, place, { ...finding, over: true }, kept.sensitive.length > 0, false, nowMs)];
    });
  }

  encode(): EncodedRule[] {
    return [...this.#states.values()];
  }

  #count(named: NamedRule, kept: EncodedRule, incident: StoredIncident, nowMs: number): Pending[] {
    const { rule } = named;
    const seen = ruleIncident(incident);
    if (incident.status === 'cancelled') {
      kept.state = withdrawFrom(kept.state, seen.id);
      return [];
    }
    const before = kept.state.inWindow;
    const { state, alert } = countFor(rule, kept.state, seen, nowMs);
    kept.state = state;
    const isCounted = state.inWindow.some(({ id }) => id === seen.id);
    if (isCounted && isSensitive(incident)) kept.sensitive.push(seen.id);
    kept.sensitive = kept.sensitive.filter((id) => state.inWindow.some((one) => one.id === id));
    const hasGrown = isCounted && !before.some(({ id }) => id === seen.id);
    if (alert === undefined && !(kept.standing !== null && hasGrown)) return [];
    const at = formatInstant(nowMs);
    const place = alert === undefined ? kept.standing?.place : undefined;
    const standing = {
      place: place ?? `rule:${named.id}:${nowMs}`,
      finding: findingOf(named, state, alert === undefined ? (kept.standing?.finding.since ?? at) : at, at),
    };
    kept.standing = standing;
    const isSensitiveNow = kept.sensitive.length > 0;
    return [pendingOf(named, standing.place, standing.finding, isSensitiveNow, alert !== undefined, nowMs)];
  }
}

function findingOf(
  { id, name, rule }: NamedRule,
  { inWindow }: RuleState,
  since: string,
  at: string,
): AlertFinding {
  return {
    ...{ kind: 'rule', class: null, since, theme: themeOf(rule) },
    cells: [...new Set(inWindow.map(({ cell }) => cell))],
    window: { from: formatInstant(inWindow[0]?.occurredAtMs ?? Date.parse(at)), to: at },
    ...{ observed: inWindow.length, expected: null, likelihoodRatio: null, onceInDays: null },
    ...{ nearRepeat: null, rule: { id, name }, over: false },
  };
}

/** The narrowest theme that holds all that the rule counts. */
function themeOf({ categories, markers }: NamedRule['rule']): Theme {
  if (markers.length === 1 && markers[0] === 'knife') return 'knife-crime';
  const theme = (Object.keys(THEME_CATEGORIES) as (keyof typeof THEME_CATEGORIES)[]).find(
    (one) =>
      categories.length > 0 && categories.every((category) => THEME_CATEGORIES[one].includes(category)),
  );
  return THEMES.find((one) => one === theme) ?? 'all';
}

const THEME_CATEGORIES: Record<'asb' | 'burglary' | 'violence' | 'theft', readonly string[]> = {
  asb: ['anti-social-behaviour'],
  burglary: ['burglary'],
  violence: ['violence', 'robbery', 'sexual-offences'],
  theft: [
    'burglary',
    'robbery',
    'theft-from-person',
    'bicycle-theft',
    'other-theft',
    'shoplifting',
    'vehicle-crime',
  ],
};

function ruleIncident(incident: StoredIncident): RuleIncident {
  const { agency, feed, id, occurredAt } = incident;
  return { ...incident, id: `${agency}/${feed}/${id}`, occurredAtMs: Date.parse(occurredAt) };
}

function pendingOf(
  { priority, rule }: NamedRule,
  place: string,
  finding: AlertFinding,
  sensitive: boolean,
  raises: boolean,
  nowMs: number,
): Pending {
  return { force: rule.force, place, priority, finding, sensitive, raises, nowMs };
}
