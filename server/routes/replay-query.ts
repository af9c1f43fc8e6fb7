/** What every question about the past says of its view, read as `/live` reads a subscription. */
import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { HORIZONS } from '../../shared/forecast.ts';
import { FORCES_AND_UNASSIGNED } from '../../shared/force.ts';
import { THEMES } from '../../shared/theme.ts';
import { visibleForces } from '../access/policy.ts';
import type { View } from '../gateway/frames.ts';
import type { Database } from '../store/database.ts';
import { requirePrincipal } from './require-principal.ts';

/** Without a force: all that one may see. */
export const PAST_VIEW = {
  theme: Type.Optional(Type.Enum([...THEMES])),
  horizonHours: Type.Optional(Type.Enum([...HORIZONS])),
  force: Type.Optional(Type.Enum([...FORCES_AND_UNASSIGNED])),
};
export const PastView = Type.Object(PAST_VIEW);

/** Throws `Problem` 401 or 403. */
export async function viewAsked(
  request: FastifyRequest,
  { theme = 'all', horizonHours = 24, force }: Static<typeof PastView>,
  database: Database,
): Promise<View> {
  const asked = force === undefined ? [] : [{ act: 'read-force', force } as const];
  const principal = await requirePrincipal(request, database, { act: 'read-live' }, ...asked);
  const forces = visibleForces(principal, force === undefined ? [] : [force]);
  return { principal, forces, themes: [theme], horizonHours };
}
