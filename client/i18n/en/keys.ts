/** What the keys do, in English. */
import type { Act, Move } from '../../views/keys.ts';

const shortcuts: Record<Act, string> = {
  'next-theme': 'Next theme',
  'next-horizon': 'Next forecast: 1, 8 or 24 hours',
  'next-heat': 'Next window of the heat: 1, 8, 24 hours or 7 days',
  'next-weight': 'Heat by recent incidents, by harm or by count',
  fit: 'Fit the map to the data',
  'next-language': 'English or Welsh',
  'next-look': 'Day, night or automatic',
  shortcuts: 'This list of keys',
  search: 'Search',
  filters: 'Filters',
  table: 'Map as a table, and back',
  hotspots: 'To the ranked hotspots',
  incidents: 'To the latest incidents',
  'next-hotspot': 'Open the next hotspot',
  'previous-hotspot': 'Open the previous hotspot',
  why: 'To why the open hexagon is forecast so',
  alerts: 'To the alerts',
  'take-alert':
    'Take the open alert, else the most urgent that nobody has; then U and Enter assign the nearest unit',
  'assign-alert': 'Assign the open alert to a unit',
  'escalate-alert': 'Escalate the open alert',
  'resolve-alert': 'Resolve the open alert, with its outcome',
  'dismiss-alert': 'Dismiss the open alert, with a reason',
  'shelve-alert': 'Shelve the open alert for 5, 10 or 15 minutes',
  'unshelve-alert': 'Take the open alert off the shelf',
  'alert-cell': 'From the open alert to its hexagon',
  patrols: 'Patrols: task a unit with the open hotspot, doses, hold-out',
  partners: 'Partners: give the open hexagon or an alert, what followed',
  leave: 'Close what is open, or leave a field',
};

const moves: Record<Move, string> = {
  list: 'Move in a list or table',
  open: 'Open the hexagon, or the alert, of the row',
  unit: 'In the field for a unit: choose one, assign it',
  sort: 'On a column’s heading: sort by it',
  hexagon: 'On the map: from hexagon to hexagon',
  'open-hexagon': 'On the map: open the hexagon',
  map: 'On the map: move it',
  zoom: 'On the map: nearer, farther',
  'next-part': 'To the next part',
};

export const keys = {
  shortcuts,
  moves,
  shortcutsTitle: 'Keys',
  shortcutsHint: 'Keys: ?',
  anywhere: 'Anywhere',
  whereFocusIs: 'Where the focus is',
  close: 'Close',
};
