/** What each key does: the one table that keys are read from and that the list of shortcuts is made of. */

/** `room`: on wall and desk; `desk`: a wall has nothing to open. */
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
  { act: 'leave', key: 'Escape', where: 'desk' },
] as const satisfies readonly Shortcut[];

interface Shortcut {
  act: string;
  /** As `KeyboardEvent.key` has it; letters small. */
  key: string;
  where: 'room' | 'desk';
}

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
  { move: 'next-part', keys: ['Tab'] },
] as const;
export type Move = (typeof MOVES)[number]['move'];

/** What is typed into these is text. */
const FIELDS = 'input, textarea, select, [contenteditable]';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target'>;

/** Undefined for keys that do nothing here, that belong to the browser, or that are typed into a field. */
export function actOf(event: Pressed, view: 'wall' | 'desk'): Act | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const isTyping = event.target instanceof Element && event.target.closest(FIELDS) !== null;
  // Escape writes nothing: it leaves a field as it leaves all else.
  if (isTyping && event.key !== 'Escape') return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return shortcutsOf(view).find((shortcut) => shortcut.key === key)?.act;
}

export function shortcutsOf(view: 'wall' | 'desk'): readonly (typeof SHORTCUTS)[number][] {
  return SHORTCUTS.filter(({ where }) => where === 'room' || view === 'desk');
}

/** As it stands on the key. */
export function keyName(key: string): string {
  return key === 'Escape' ? 'Esc' : key.toUpperCase();
}
