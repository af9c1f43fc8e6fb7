/** A rule as an administrator writes it and the server keeps it, and what is wrong with one. */
import Type, { type Static } from 'typebox';
import { ALERT_PRIORITIES, type AlertRule } from './alert.ts';
import { CATEGORIES, MARKERS } from './category.ts';
import { finenessOf } from './cell.ts';
import { FORCES_AND_UNASSIGNED } from './force.ts';

/** What a rule may ask for: wide enough for any control room, narrow enough to be evaluated live. */
export const RULE_LIMITS = {
  severity: { least: 1, most: 5 },
  count: { least: 1, most: 500 },
  windowMinutes: { least: 5, most: 1_440 },
  coolDownMinutes: { least: 0, most: 10_080 },
  radiusMetres: { least: 50, most: 50_000 },
  cells: { least: 1, most: 500 },
  name: { least: 1, most: 60 },
} as const;

const closed = { additionalProperties: false };
const RuleAreaBody = Type.Union([
  Type.Object({ kind: Type.Literal('force') }, closed),
  Type.Object(
    { kind: Type.Literal('cells'), cells: Type.Array(Type.String({ maxLength: 16 }), { maxItems: 1_000 }) },
    closed,
  ),
  Type.Object(
    {
      ...{ kind: Type.Literal('circle'), lat: Type.Number(), lon: Type.Number() },
      radiusMetres: Type.Number(),
    },
    closed,
  ),
]);

/** `AlertRule` as it is sent; its numbers are held against `RULE_LIMITS` by `ruleFaults`. */
export const RuleBody = Type.Object(
  {
    force: Type.Enum([...FORCES_AND_UNASSIGNED]),
    categories: Type.Array(Type.Enum([...CATEGORIES]), { uniqueItems: true }),
    markers: Type.Array(Type.Enum([...MARKERS]), { uniqueItems: true }),
    minimumSeverity: Type.Number(),
    area: RuleAreaBody,
    count: Type.Number(),
    windowMinutes: Type.Number(),
    coolDownMinutes: Type.Number(),
    /** Set by the server. */
    withoutSensitive: Type.Optional(Type.Boolean()),
  },
  closed,
);

/** What a dry run said when the rule was saved. */
export const RuleFigures = Type.Object({
  /** Over so many days, */
  days: Type.Integer(),
  /** so many alerts in all, */
  alerts: Type.Integer(),
  /** on average so many in eight hours, */
  alertsPerShift: Type.Number(),
  /** and so many in the shift with most. */
  mostInAShift: Type.Integer(),
});
export type RuleFigures = Static<typeof RuleFigures>;

const ownFields = {
  name: Type.String({ maxLength: 200 }),
  priority: Type.Enum([...ALERT_PRIORITIES]),
  enabled: Type.Boolean(),
  rule: RuleBody,
};

/** What saves a rule; `dryRun` names the dry run of this very rule that its writer was shown. */
export const RuleSaving = Type.Object(
  { ...ownFields, dryRun: Type.Optional(Type.String({ maxLength: 64 })) },
  closed,
);
export type RuleSaving = Static<typeof RuleSaving>;

export const NamedRule = Type.Object({
  id: Type.Integer(),
  version: Type.Integer(),
  ...ownFields,
  figures: RuleFigures,
  changedAt: Type.String(),
  changedBy: Type.String(),
});
export interface NamedRule extends Omit<Static<typeof NamedRule>, 'rule'> {
  rule: AlertRule;
}

/** What a rule would have raised; `dryRun` is what saving it asks for. */
export const RuleDryRun = Type.Object({
  dryRun: Type.String(),
  from: Type.String(),
  to: Type.String(),
  figures: RuleFigures,
  shifts: Type.Array(Type.Object({ from: Type.String(), alerts: Type.Integer() })),
  /** The latest of them, oldest first. */
  alerts: Type.Array(
    Type.Object({
      at: Type.String(),
      count: Type.Integer(),
      windowFrom: Type.String(),
      cells: Type.Array(Type.String()),
      /** Whether the cells are coarse, because the reader may know no finer. */
      coarse: Type.Boolean(),
    }),
  ),
  /** Domestic and sexual incidents count in no rule of so fine an area that its writer may not place them in. */
  withoutSensitive: Type.Boolean(),
});
export type RuleDryRun = Static<typeof RuleDryRun>;

export type RuleField =
  | 'name'
  | 'minimumSeverity'
  | 'count'
  | 'windowMinutes'
  | 'coolDownMinutes'
  | 'cells'
  | 'lat'
  | 'lon'
  | 'radiusMetres';

/** The fields at fault, in the order of the form. */
export function ruleFaults({ name, rule }: { name: string; rule: AlertRule }): RuleField[] {
  const faults: RuleField[] = [];
  const within = (
    field: RuleField,
    value: number,
    limits: { least: number; most: number },
    whole = true,
  ): void => {
    const isFine = value >= limits.least && value <= limits.most && (!whole || Number.isInteger(value));
    if (!isFine) faults.push(field);
  };
  within('name', /[\p{Cc}]/u.test(name) ? 0 : name.trim().length, RULE_LIMITS.name);
  within('minimumSeverity', rule.minimumSeverity, RULE_LIMITS.severity);
  within('count', rule.count, RULE_LIMITS.count);
  within('windowMinutes', rule.windowMinutes, RULE_LIMITS.windowMinutes);
  within('coolDownMinutes', rule.coolDownMinutes, RULE_LIMITS.coolDownMinutes);
  const { area } = rule;
  if (area.kind === 'cells') {
    const { length } = area.cells;
    const areCells =
      area.cells.every((cell) => finenessOf(cell) === 'fine') && new Set(area.cells).size === length;
    within('cells', areCells ? length : 0, RULE_LIMITS.cells);
  }
  if (area.kind === 'circle') {
    within('lat', area.lat, { least: -90, most: 90 }, false);
    within('lon', area.lon, { least: -180, most: 180 }, false);
    within('radiusMetres', area.radiusMetres, RULE_LIMITS.radiusMetres, false);
  }
  return faults;
}
