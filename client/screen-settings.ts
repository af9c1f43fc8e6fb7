/** What of an address is about the screen itself, not about what is chosen on it: language, look, how far away its readers sit, its role. */

/** `?lang=cy&look=day&distance=8&ppi=40`, or `width` in millimetres instead of `ppi`. */
export const SCREEN_SETTINGS = [
  'lang',
  'look',
  'distance',
  'ppi',
  'width',
  // What a wall's screen shows: state/display-query.ts reads them.
  'display',
  'role',
  'area',
  'name',
  'rotate',
  'every',
] as const;
export type ScreenSetting = (typeof SCREEN_SETTINGS)[number];

/** Null where the address says nothing of it. */
export function settingIn(query: string, name: ScreenSetting): string | null {
  return new URLSearchParams(query).get(name);
}

/** A query of what is shown, with the screen's settings out of the address's present query. */
export function withScreenSettings(shown: string, present: string): string {
  const query = new URLSearchParams(shown);
  for (const name of SCREEN_SETTINGS) {
    const value = settingIn(present, name);
    if (value !== null) query.set(name, value);
  }
  const text = query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text === '' ? '' : `?${text}`;
}

/** Puts a setting into the page's address, so that a reload or a copied address keeps it. */
export function keepInAddress(name: ScreenSetting, value: string): void {
  const address = new URL(location.href);
  address.searchParams.set(name, value);
  history.replaceState(null, '', address);
}
