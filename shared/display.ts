/** What a wall's screen shows: one view, or several in turn, as an address asks for or as the server keeps under a name. */
import Type, { type Static } from 'typebox';
import { readArea, type AreaFault } from './display-area.ts';
import { HORIZONS } from './forecast.ts';
import { FORCES_AND_UNASSIGNED } from './force.ts';
import { THEMES } from './theme.ts';

/** `force`: all that the screen may see; `area`: a part of it; `national`: the 43 force areas. */
export const DISPLAY_ROLES = ['force', 'area', 'alerts', 'scorecard', 'national'] as const;
export type DisplayRole = (typeof DISPLAY_ROLES)[number];

/** Seconds that a view stays before the next: long enough to be read, short enough to come round. */
export const EVERY_SECONDS = { least: 5, most: 3_600, usual: 30 } as const;
export const MOST_VIEWS = 12;

export const DISPLAY_LOOKS = ['day', 'night'] as const;
export const DISPLAY_LANGUAGES = ['en', 'cy'] as const;

export const DisplayView = Type.Object(
  {
    role: Type.Enum([...DISPLAY_ROLES]),
    /** Of `force` and `scorecard`: that force's alone. */
    force: Type.Optional(Type.Enum([...FORCES_AND_UNASSIGNED])),
    /** Of `area`, as `readArea` takes it. */
    area: Type.Optional(Type.String({ maxLength: 100 })),
    /** Of `area`: how the room calls it. */
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 40, pattern: '^[^\\u0000-\\u001f]*$' })),
  },
  { additionalProperties: false },
);
export type DisplayView = Static<typeof DisplayView>;

export const Display = Type.Object(
  {
    /** In this order, and from the first again. */
    views: Type.Array(DisplayView, { minItems: 1, maxItems: MOST_VIEWS }),
    everySeconds: Type.Optional(Type.Integer({ minimum: EVERY_SECONDS.least, maximum: EVERY_SECONDS.most })),
    theme: Type.Optional(Type.Enum([...THEMES])),
    horizonHours: Type.Optional(Type.Enum([...HORIZONS])),
    look: Type.Optional(Type.Enum([...DISPLAY_LOOKS])),
    language: Type.Optional(Type.Enum([...DISPLAY_LANGUAGES])),
  },
  { additionalProperties: false },
);
export type Display = Static<typeof Display>;

/** What a display is called by, in an address as in a setting. */
export const DISPLAY_NAME = '^[a-z0-9][a-z0-9-]{0,62}$';

export interface NamedDisplay {
  name: string;
  /** Rises with every change. */
  version: number;
  changedAt: string;
  display: Display;
}

/** What is wrong with a view beyond its fields. */
export type ViewFault = AreaFault | 'area-missing' | 'area-of-another-role' | 'force-of-another-role';

/** The first view at fault, by its index; undefined where every view says what it must and no more. */
export function viewFault(views: readonly DisplayView[]): { index: number; fault: ViewFault } | undefined {
  for (const [index, view] of views.entries()) {
    const fault = faultOf(view);
    if (fault !== undefined) return { index, fault };
  }
  return undefined;
}

function faultOf({ role, force, area, name }: DisplayView): ViewFault | undefined {
  if (force !== undefined && role !== 'force' && role !== 'scorecard') return 'force-of-another-role';
  if (role !== 'area') return area === undefined && name === undefined ? undefined : 'area-of-another-role';
  if (area === undefined) return 'area-missing';
  const read = readArea(area);
  return 'fault' in read ? read.fault : undefined;
}
