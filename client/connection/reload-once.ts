/** Loads the page anew after the server was upgraded under an unattended wall. */

const KEY = 'forewatch.reloaded-for';

/** Only once for each protocol: a server that keeps serving the old page must not make the wall blink for ever. */
export function reloadOnce(protocol: number): void {
  if (sessionStorage.getItem(KEY) === String(protocol)) return;
  sessionStorage.setItem(KEY, String(protocol));
  location.reload();
}
