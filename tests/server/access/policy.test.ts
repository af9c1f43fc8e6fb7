/** The policy, as a table: every role and action has its answer here. */
import { describe, expect, it } from 'vitest';
import {
  ACCESS_ROLES,
  permits,
  viewOf,
  visibleForces,
  type AccessRole,
  type Action,
  type Principal,
} from '../../../server/access/policy.ts';
import { FORCES_AND_UNASSIGNED } from '../../../shared/force.ts';
import { THEMES } from '../../../shared/theme.ts';

const who = (role: AccessRole, more: Partial<Principal> = {}): Principal => ({
  name: 'someone',
  role,
  forces: [],
  cleared: false,
  ...more,
});

const burglary = { category: 'burglary', markers: [] } as const;
const domestic = { category: 'violence', markers: ['domestic'] } as const;

const ACTIONS = {
  'read-live': { act: 'read-live' },
  'read-feeds': { act: 'read-feeds' },
  'read-scorecard': { act: 'read-scorecard' },
  'read-displays': { act: 'read-displays' },
  'change-displays': { act: 'change-displays' },
  'read-alert-rules': { act: 'read-alert-rules' },
  'change-alert-rules': { act: 'change-alert-rules' },
  'manage-webhooks': { act: 'manage-webhooks' },
  'read-taskings': { act: 'read-taskings' },
  'task-units': { act: 'task-units' },
  'draw-hold-out': { act: 'draw-hold-out' },
  'read-actions': { act: 'read-actions' },
  'give-actions': { act: 'give-actions' },
  'report-actions': { act: 'report-actions' },
  'see another’s action': { act: 'see-action', action: { owner: 'another' } },
  'see its own action': { act: 'see-action', action: { owner: 'someone' } },
  'read-handover': { act: 'read-handover' },
  'write-handover': { act: 'write-handover' },
  'reinstate-forecast': { act: 'reinstate-forecast' },
  'publish-incidents': { act: 'publish-incidents' },
  'read-summary': { act: 'read-summary' },
  'burglary finely': { act: 'place-incident-finely', incident: burglary },
  'domestic finely': { act: 'place-incident-finely', incident: domestic },
  'theft finely': { act: 'place-theme-finely', theme: 'theft' },
  'vawg finely': { act: 'place-theme-finely', theme: 'vawg' },
} satisfies Record<string, Action>;
type Named = keyof typeof ACTIONS;

const EVERYBODY: readonly Named[] = [
  ...(['read-live', 'read-feeds', 'read-scorecard', 'read-displays'] as const),
  ...(['read-actions', 'see its own action'] as const),
];
const OF_FORCE: readonly Named[] = ['read-taskings', 'see another’s action'];
const HANDLING: readonly Named[] = [
  ...OF_FORCE,
  ...(['task-units', 'give-actions', 'report-actions', 'read-handover', 'write-handover'] as const),
];
const PERMITTED: Record<AccessRole, readonly Named[]> = {
  wall: [...EVERYBODY, ...OF_FORCE, 'burglary finely', 'theft finely'],
  dispatcher: [
    ...EVERYBODY,
    ...HANDLING,
    'burglary finely',
    'theft finely',
    'read-summary',
    'read-alert-rules',
  ],
  'shift-lead': [
    ...EVERYBODY,
    ...HANDLING,
    'draw-hold-out',
    'burglary finely',
    'theft finely',
    'change-displays',
    'read-alert-rules',
  ],
  analyst: [...EVERYBODY, ...OF_FORCE, 'read-handover', 'burglary finely', 'theft finely'],
  partner: [...EVERYBODY, 'report-actions'],
  admin: [
    ...EVERYBODY,
    ...HANDLING,
    ...([
      'draw-hold-out',
      'burglary finely',
      'theft finely',
      'change-displays',
      'read-alert-rules',
      'change-alert-rules',
      'manage-webhooks',
      'reinstate-forecast',
      'publish-incidents',
    ] as const),
  ],
};
const CLEARED: readonly Named[] = ['domestic finely', 'vawg finely'];

const permitted = (principal: Principal): string[] =>
  Object.entries(ACTIONS)
    .filter(([, action]) => permits(principal, action))
    .map(([name]) => name)
    .sort();

describe('what a role may do', () => {
  it.each(ACCESS_ROLES)('%s', (role) => {
    expect(permitted(who(role))).toEqual([...PERMITTED[role]].sort());
  });

  it.each(ACCESS_ROLES)('%s, cleared: sensitive places finely, except for partners', (role) => {
    const more = role === 'partner' ? [] : CLEARED;
    expect(permitted(who(role, { cleared: true }))).toEqual([...PERMITTED[role], ...more].sort());
  });

  it('holds every domestic, vawg and sexual incident for sensitive, and no other', () => {
    const wall = who('wall');
    const finely = (
      category: 'sexual-offences' | 'violence',
      markers: readonly ('vawg' | 'knife')[],
    ): boolean => permits(wall, { act: 'place-incident-finely', incident: { category, markers } });
    expect(finely('sexual-offences', [])).toBe(false);
    expect(finely('violence', ['vawg'])).toBe(false);
    expect(finely('violence', ['knife'])).toBe(true);
    expect(THEMES.filter((theme) => !permits(wall, { act: 'place-theme-finely', theme }))).toEqual(['vawg']);
  });
});

it('a partner sees the actions of its organisation, whatever its account is called', () => {
  const own = who('partner', { organisation: 'another' });
  expect(permits(own, { act: 'see-action', action: { owner: 'another' } })).toBe(true);
  expect(permits(own, { act: 'see-action', action: { owner: 'someone' } })).toBe(false);
});

describe('which forces somebody sees', () => {
  it('are all, where none are named', () => {
    expect(visibleForces(who('wall'))).toEqual(FORCES_AND_UNASSIGNED);
    expect(visibleForces(who('wall'), ['kent'])).toEqual(['kent']);
  });

  it('are their own and no other, whatever they ask for', () => {
    const own = who('admin', { forces: ['kent', 'surrey'] });
    expect(visibleForces(own)).toEqual(['kent', 'surrey']);
    expect(visibleForces(own, ['surrey', 'essex'])).toEqual(['surrey']);
    expect(visibleForces(own, ['essex'])).toEqual([]);
    expect(permits(own, { act: 'read-force', force: 'essex' })).toBe(false);
    expect(permits(own, { act: 'read-force', force: 'unassigned' })).toBe(false);
  });

  it('are each once, however often they ask', () => {
    expect(visibleForces(who('wall'), ['kent', 'kent'])).toEqual(['kent']);
  });
});

describe('the views that can share frames', () => {
  it('are three', () => {
    expect(viewOf(who('wall'))).toBe('guarded');
    expect(viewOf(who('wall', { cleared: true }))).toBe('cleared');
    expect(viewOf(who('partner', { cleared: true }))).toBe('coarse');
  });
});
