/** The wall's token: comes in the address after `#`, is kept for this tab, and leaves the address. */

const KEY = 'forewatch.wall-token';

/** Null where this tab was never given one. */
export function wallToken(): string | null {
  const given = decodeURIComponent(location.hash.slice(1));
  if (given !== '') {
    sessionStorage.setItem(KEY, given);
    // An address bar in a control room is read by everyone in it.
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(KEY);
}

export function forgetWallToken(): void {
  sessionStorage.removeItem(KEY);
}
