/** What a wall's address asks its screen to show: one view, several in turn, or the display kept under a name. */
import { FORCES_AND_UNASSIGNED } from '../../shared/force.ts';
import {
  DISPLAY_NAME,
  DISPLAY_ROLES,
  EVERY_SECONDS,
  MOST_VIEWS,
  viewFault,
  type Display,
  type DisplayView,
  type ViewFault,
} from '../../shared/display.ts';

export interface QueryFault {
  /** As it stands in the address. */
  asked: string;
  fault: ViewFault | 'role' | 'force' | 'every' | 'name' | 'views';
}

export interface AskedDisplay {
  /** Kept on the server under this name; null where the address itself says what to show. */
  name: string | null;
  /** What to show until the server has answered, or for good. */
  display: Display;
  faults: QueryFault[];
}

const WHOLE: DisplayView = { role: 'force' };
// A comma also stands within an area: only one before the next role divides.
const BETWEEN_VIEWS = new RegExp(`,(?=(?:${DISPLAY_ROLES.join('|')})(?:[:,]|$))`);

/**
 * `?role=area&area=51.5,-0.12,1500&name=Harbour`, `?rotate=force,area:51.5,-0.12,1500:Harbour,scorecard:kent&every=30`
 * or `?display=north`. What cannot be shown is left out and named among the faults; nothing left is the whole force.
 */
export function readDisplayQuery(query: string): AskedDisplay {
  const asked = new URLSearchParams(query);
  const faults: QueryFault[] = [];
  const name = nameIn(asked, faults);
  const rotate = asked.get('rotate');
  const items = rotate === null ? [single(asked)] : rotate.split(BETWEEN_VIEWS);
  const views = items.slice(0, MOST_VIEWS).flatMap((item) => {
    const view = viewOf(item);
    if (!('fault' in view)) return [view];
    faults.push({ asked: item, fault: view.fault });
    return [];
  });
  if (items.length > MOST_VIEWS) faults.push({ asked: 'rotate', fault: 'views' });
  return {
    name,
    display: { views: views.length === 0 ? [WHOLE] : views, ...everyIn(asked, faults) },
    faults,
  };
}

function nameIn(asked: URLSearchParams, faults: QueryFault[]): string | null {
  const name = asked.get('display');
  if (name === null || new RegExp(DISPLAY_NAME).test(name)) return name;
  faults.push({ asked: `display=${name}`, fault: 'name' });
  return null;
}

function everyIn(asked: URLSearchParams, faults: QueryFault[]): { everySeconds?: number } {
  const every = asked.get('every');
  if (every === null) return {};
  const everySeconds = Number(every);
  const { least, most } = EVERY_SECONDS;
  if (Number.isInteger(everySeconds) && everySeconds >= least && everySeconds <= most)
    return { everySeconds };
  faults.push({ asked: `every=${every}`, fault: 'every' });
  return {};
}

/** The same text as in a rotation, from parameters of their own. */
function single(asked: URLSearchParams): string {
  const role = asked.get('role') ?? 'force';
  const area = asked.get('area');
  const name = asked.get('name');
  return [role, ...(area === null ? [] : [area]), ...(name === null ? [] : [name])].join(':');
}

/** The view, or what is wrong with it. */
function viewOf(item: string): DisplayView | { fault: QueryFault['fault'] } {
  const [role = '', argument, ...names] = item.split(':');
  const known = DISPLAY_ROLES.find((one) => one === role);
  if (known === undefined) return { fault: 'role' };
  const name = names.join(':').slice(0, 40);
  if (known === 'area') {
    return checked({ role: known, ...(argument && { area: argument }), ...(name !== '' && { name }) });
  }
  if (argument === undefined) return { role: known };
  if (name !== '' || (known !== 'force' && known !== 'scorecard')) return { fault: 'area-of-another-role' };
  const force = FORCES_AND_UNASSIGNED.find((slug) => slug === argument);
  return force === undefined ? { fault: 'force' } : { role: known, force };
}

function checked(view: DisplayView): DisplayView | { fault: ViewFault } {
  return viewFault([view]) ?? view;
}
