/** Rules over HTTP: read by who handles alerts, written by administrators once they saw what a rule would have raised. */
import { isDeepStrictEqual } from 'node:util';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type, { type Static } from 'typebox';
import type { AlertRule } from '../../shared/alert.ts';
import {
  NamedRule,
  RULE_LIMITS,
  RuleBody,
  RuleDryRun,
  ruleFaults,
  RuleSaving,
  type RuleField,
  type RuleFigures,
} from '../../shared/alert-rule.ts';
import { TimeZone } from '../../shared/time.ts';
import { permits, type Principal } from '../access/policy.ts';
import { newToken } from '../access/secrets.ts';
import { dryRunRule, ruleFor } from '../alerts/dry-run-rule.ts';
import type { Services } from '../services.ts';
import {
  deleteRule,
  insertDryRun,
  insertRule,
  lockRule,
  selectDryRun,
  selectRules,
  updateRule,
  type RuleToSave,
} from '../store/alert-rule-store.ts';
import { inTransaction, type Transaction } from '../store/database.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

const Id = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });
const ExpectedVersion = Type.Object({ expectedVersion: Type.Integer({ minimum: 1 }) });
const { properties } = RuleSaving;
const RuleChange = Type.Object(
  { ...properties, ...ExpectedVersion.properties },
  { additionalProperties: false },
);

/** More than any control room can tell apart. */
const MOST_RULES = 200;

export const alertRuleRoutes: FastifyPluginAsyncTypebox<Services> = (
  app,
  { database, clock, config, log },
) => {
  const timeZone = new TimeZone(config.timeZone);

  app.get(
    '/api/alert-rules',
    { schema: { response: { 200: Type.Object({ rules: Type.Array(NamedRule) }) } } },
    async (request) => {
      const principal = await requirePrincipal(request, database, { act: 'read-alert-rules' });
      return { rules: (await selectRules(database)).filter((rule) => isOf(principal, rule)).map(sent) };
    },
  );

  app.post(
    '/api/alert-rules/dry-run',
    { schema: { body: Type.Object({ rule: RuleBody }), response: { 200: RuleDryRun } } },
    async (request) => {
      const principal = await requirePrincipal(request, database, { act: 'change-alert-rules' });
      const rule = ruleFor(principal, request.body.rule);
      refuseFaults(principal, { name: 'unnamed', rule });
      const id = newToken();
      const shown = await dryRunRule(database, principal, { rule, id, nowMs: clock.now(), timeZone });
      await insertDryRun(database, { id, by: principal.name, rule, figures: shown.figures });
      return shown;
    },
  );

  app.post(
    '/api/alert-rules',
    { schema: { body: RuleSaving, response: { 201: NamedRule } } },
    async (request, reply) => {
      const principal = await requirePrincipal(request, database, { act: 'change-alert-rules' });
      const saved = await inTransaction(database, async (transaction) => {
        const toSave = await checked(transaction, principal, request.body);
        if ((await selectRules(transaction)).length >= MOST_RULES)
          throw new Problem(409, `there are ${MOST_RULES} rules already`);
        return insertRule(transaction, toSave);
      });
      log.info({ rule: saved.id, by: principal.name }, 'a rule was written');
      return reply.status(201).send(sent(saved));
    },
  );

  app.put(
    '/api/alert-rules/:id',
    { schema: { params: Id, body: RuleChange, response: { 200: NamedRule } } },
    async (request) => {
      const principal = await requirePrincipal(request, database, { act: 'change-alert-rules' });
      const { expectedVersion, ...saving } = request.body;
      const saved = await inTransaction(database, async (transaction) => {
        const kept = await held(transaction, principal, request.params.id, expectedVersion);
        return updateRule(transaction, kept.id, await checked(transaction, principal, saving, kept));
      });
      log.info({ rule: saved.id, version: saved.version, by: principal.name }, 'a rule was changed');
      return sent(saved);
    },
  );

  app.delete(
    '/api/alert-rules/:id',
    { schema: { params: Id, querystring: ExpectedVersion } },
    async (request, reply) => {
      const principal = await requirePrincipal(request, database, { act: 'change-alert-rules' });
      const { id } = request.params;
      await inTransaction(database, async (transaction) => {
        const kept = await held(transaction, principal, id, request.query.expectedVersion);
        await deleteRule(transaction, kept, principal.name);
      });
      log.info({ rule: id, by: principal.name }, 'a rule was removed');
      return reply.status(204).send();
    },
  );

  return Promise.resolve();
};

function isOf(principal: Principal, { rule }: { rule: AlertRule }): boolean {
  return permits(principal, { act: 'read-force', force: rule.force });
}

/** The rule, held for a change by somebody who has seen this version of it. */
async function held(
  transaction: Transaction,
  principal: Principal,
  id: number,
  expectedVersion: number,
): Promise<NamedRule> {
  const kept = await lockRule(transaction, id);
  if (kept === undefined || !isOf(principal, kept)) throw new Problem(404, `there is no rule ${id}`);
  if (kept.version !== expectedVersion) {
    throw new Problem(409, `the rule has moved on: ${kept.changedBy} made version ${kept.version} of it`);
  }
  return kept;
}

/** What is to be saved, with the figures that its writer has seen: of this very rule, or those it was saved with before. */
async function checked(
  transaction: Transaction,
  principal: Principal,
  { dryRun, ...saving }: RuleSaving,
  kept?: NamedRule,
): Promise<RuleToSave> {
  const own = { ...saving, name: saving.name.trim(), rule: ruleFor(principal, saving.rule) };
  refuseFaults(principal, own);
  const changedBy = principal.name;
  if (kept !== undefined && countsTheSame(saving.rule, kept.rule))
    return { ...own, rule: kept.rule, figures: kept.figures, changedBy };
  return { ...own, figures: await figuresSeen(transaction, principal, own.rule, dryRun), changedBy };
}

/** But for what the server decides by who writes it. */
function countsTheSame(
  { withoutSensitive: _one, ...one }: AlertRule,
  { withoutSensitive: _other, ...other }: AlertRule,
): boolean {
  return isDeepStrictEqual(one, other);
}

async function figuresSeen(
  transaction: Transaction,
  { name: by }: Principal,
  rule: AlertRule,
  id: string | undefined,
): Promise<RuleFigures> {
  const figures = id === undefined ? undefined : await selectDryRun(transaction, { id, by, rule });
  if (figures === undefined)
    throw new Problem(400, 'body/dryRun: look at a dry run of this rule first, within the last hour');
  return figures;
}

const FAULTS: Record<RuleField, string> = {
  name: `name: 1 to ${RULE_LIMITS.name.most} characters, no control characters`,
  minimumSeverity: `rule/minimumSeverity: a whole number from ${range(RULE_LIMITS.severity)}`,
  count: `rule/count: a whole number from ${range(RULE_LIMITS.count)}`,
  windowMinutes: `rule/windowMinutes: a whole number from ${range(RULE_LIMITS.windowMinutes)}`,
  coolDownMinutes: `rule/coolDownMinutes: a whole number from ${range(RULE_LIMITS.coolDownMinutes)}`,
  cells: `rule/area/cells: ${range(RULE_LIMITS.cells)} H3 cells of resolution 9, each once`,
  lat: 'rule/area/lat: a latitude lies between -90 and 90',
  lon: 'rule/area/lon: a longitude lies between -180 and 180',
  radiusMetres: `rule/area/radiusMetres: ${range(RULE_LIMITS.radiusMetres)} metres`,
};

function range({ least, most }: { least: number; most: number }): string {
  return `${least} to ${most}`;
}

function refuseFaults(principal: Principal, named: { name: string; rule: AlertRule }): void {
  const [fault] = ruleFaults(named);
  if (fault !== undefined) throw new Problem(400, `body/${FAULTS[fault]}`);
  if (!isOf(principal, named)) throw new Problem(403, `${principal.name} may not read ${named.rule.force}`);
}

type Sent = Static<typeof NamedRule>;
/** Lists that are read-only here are not where they are written. */
function sent(rule: NamedRule): Sent {
  return rule as Sent;
}
