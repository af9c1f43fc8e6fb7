/** What each key does: the one table that keys are read from and that the list of shortcuts is made of. */

/** `room`: on wall, desk and in replay; `desk`: a wall has nothing to open; `replay`: moves through the past. */
export const SHORTCUTS = [
  { act: 'next-theme', key: 't', where: 'room' },
  { act: 'next-horizon', key: 'h', where: 'room' },
  { act: 'next-heat', key: 'w', where: 'room' },
  { act: 'next-weight', key: 'g', where: 'room' },
  { act: 'fit', key: '0', where: 'room' },
  { act: 'next-language', key: 'l', where: 'room' },
  { act: 'next-look', key: 'd', where: 'room' },
  { act: 'shortcuts', key: '?', where: 'desk' },
  { act: 'search', key: '/', where: 'desk' },
  { act: 'filters', key: 'f', where: 'desk' },
  { act: 'table', key: 'm', where: 'desk' },
  { act: 'hotspots', key: 'r', where: 'desk' },
  { act: 'incidents', key: 'i', where: 'desk' },
  { act: 'next-hotspot', key: 'n', where: 'desk' },
  { act: 'previous-hotspot', key: 'p', where: 'desk' },
  { act: 'why', key: 'y', where: 'desk' },
  { act: 'alerts', key: 'k', where: 'desk' },
  { act: 'take-alert', key: 'a', where: 'desk' },
  { act: 'assign-alert', key: 'u', where: 'desk' },
  { act: 'escalate-alert', key: 'e', where: 'desk' },
  { act: 'resolve-alert', key: 'o', where: 'desk' },
  { act: 'dismiss-alert', key: 'x', where: 'desk' },
  { act: 'shelve-alert', key: 's', where: 'desk' },
  { act: 'unshelve-alert', key: 'b', where: 'desk' },
  { act: 'alert-cell', key: 'j', where: 'desk' },
  { act: 'patrols', key: 'v', where: 'desk' },
  { act: 'partners', key: 'c', where: 'desk' },
  { act: 'replay', key: 'z', where: 'desk' },
  { act: 'play', key: ' ', where: 'replay' },
  { act: 'step-back', key: ',', where: 'replay' },
  { act: 'step-on', key: '.', where: 'replay' },
  { act: 'previous-alert', key: '[', where: 'replay' },
  { act: 'next-alert', key: ']', where: 'replay' },
  { act: 'slower', key: '<', where: 'replay' },
  { act: 'faster', key: '>', where: 'replay' },
  { act: 'range-from', key: '(', where: 'replay' },
  { act: 'range-to', key: ')', where: 'replay' },
  { act: 'zoom-range', key: '#', where: 'replay' },
  { act: 'no-range', key: 'Backspace', where: 'replay' },
  { act: 'slider', key: 'q', where: 'replay' },
  { act: 'outcome', key: '%', where: 'replay' },
  { act: 'known-now', key: '=', where: 'replay' },
  { act: 'leave', key: 'Escape', where: 'desk' },
] as const satisfies readonly Shortcut[];

interface Shortcut {
  act: string;
  /** As `KeyboardEvent.key` has it; letters small. */
  key: string;
  where: 'room' | 'desk' | 'replay';
}

/** What of the desk's can be done with the past: nothing of it is changed, and only now is searched. */
const OF_DESK_IN_REPLAY: readonly string[] = [
  'replay',
  'shortcuts',
  'filters',
  'table',
  'hotspots',
  'incidents',
  'next-hotspot',
  'previous-hotspot',
  'why',
  'alerts',
  'alert-cell',
  'leave',
];

export type KeyedView = 'wall' | 'desk' | 'replay';

export type Act = (typeof SHORTCUTS)[number]['act'];

/** Keys that act where the focus is: in a list, a table or on the map. */
export const MOVES = [
  { move: 'list', keys: ['↑', '↓', 'Home', 'End'] },
  { move: 'open', keys: ['Enter'] },
  { move: 'unit', keys: ['↑', '↓', 'Enter'] },
  { move: 'sort', keys: ['Enter'] },
  { move: 'hexagon', keys: ['↑', '↓', '←', '→'] },
  { move: 'open-hexagon', keys: ['Enter'] },
  { move: 'map', keys: ['Shift', '↑', '↓', '←', '→'] },
  { move: 'zoom', keys: ['+', '−'] },
  { move: 'minute', keys: ['←', '→'] },
  { move: 'hour', keys: ['PgUp', 'PgDn'] },
  { move: 'ends', keys: ['Home', 'End'] },
  { move: 'next-part', keys: ['Tab'] },
] as const;
export type Move = (typeof MOVES)[number]['move'];
const OF_SLIDER: readonly string[] = ['minute', 'hour', 'ends'];

/** What is typed into these is text. */
const FIELDS = 'input, textarea, select, [contenteditable]';
/** Space presses these. */
const PRESSED = 'button, a, summary, [role="option"]';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target'>;

/** Undefined for keys that do nothing here, that belong to the browser, or that are typed into a field. */
export function actOf(event: Pressed, view: KeyedView): Act | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const isTyping = event.target instanceof Element && event.target.closest(FIELDS) !== null;
  // Escape writes nothing: it leaves a field as it leaves all else.
  if (isTyping && event.key !== 'Escape') return undefined;
  if (event.key === ' ' && event.target instanceof Element && event.target.closest(PRESSED) !== null)
    return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return shortcutsOf(view).find((shortcut) => shortcut.key === key)?.act;
}

export function shortcutsOf(view: KeyedView): readonly (typeof SHORTCUTS)[number][] {
  return SHORTCUTS.filter(({ act, where }) => {
    if (where === 'room' || where === view) return true;
    return where === 'desk' && view === 'replay' && OF_DESK_IN_REPLAY.includes(act);
  });
}

/** What keys do where the focus is; only replay has a time slider. */
export function movesOf(view: KeyedView): readonly (typeof MOVES)[number][] {
  return MOVES.filter(({ move }) => view === 'replay' || !OF_SLIDER.includes(move));
}

/** The key of an act, as it stands on it. */
export function keyOf(act: Act): string {
  return keyName(SHORTCUTS.find((one) => one.act === act)?.key ?? '');
}

/** As it stands on the key. */
export function keyName(key: string): string {
  if (key === ' ') return 'Space';
  if (key === 'Backspace') return '⌫';
  return key === 'Escape' ? 'Esc' : key.toUpperCase();
}
