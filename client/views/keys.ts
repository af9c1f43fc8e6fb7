/** What a key does; the wall has no other controls. */

export type Act = 'next-theme' | 'next-horizon' | 'next-heat' | 'fit';

const ACTS: Readonly<Record<string, Act>> = {
  t: 'next-theme',
  h: 'next-horizon',
  w: 'next-heat',
  '0': 'fit',
};

/** Undefined for keys that do nothing here, that belong to the browser, or that are typed into a field. */
export function actOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target'>,
): Act | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (event.target instanceof HTMLInputElement) return undefined;
  const key = event.key.toLowerCase();
  return Object.hasOwn(ACTS, key) ? ACTS[key] : undefined;
}
