/** Whether an address may be registered as a webhook, as far as its text tells. */
import { isIP } from 'node:net';
import type { AllowedHosts } from './allowed-hosts.ts';

/** Returns why not, or `undefined`. A name's addresses are looked at when it is called. */
export function webhookUrlFault(text: string, allowed: AllowedHosts): string | undefined {
  const url = URL.parse(text);
  if (url === null) return 'must be an address like https://hooks.example/alerts';
  if (url.username !== '' || url.password !== '') return 'must hold no user and no password';
  if (url.hash !== '') return 'must hold no fragment';
  const host = hostOf(url);
  if (isIP(host) !== 0 && !allowed.permits(host, host)) return NOT_PUBLIC;
  if (url.protocol === 'https:') return undefined;
  if (url.protocol === 'http:' && isLoopback(host)) return undefined;
  return 'must begin with https:// (http:// on loopback only)';
}

export const NOT_PUBLIC = 'leads into a private network: WEBHOOK_ALLOW does not name it';

/** Without the brackets of an address of version 6. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
