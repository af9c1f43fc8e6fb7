/** Which hosts a webhook may call: public ones, and what the administrator of the machine names; nothing else within its networks. */
import { BlockList, isIP } from 'node:net';

/** Special-purpose addresses (IANA registries, RFC 6890) that are not of the public internet. */
const PRIVATE_4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24'],
  ...['203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];
/** Of version 6 only global unicast is public, less what embeds or translates an address of version 4. */
const GLOBAL_6 = '2000::/3';
const PRIVATE_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** A host name, an address, or a network as `address/bits`. */
export function isAllowedName(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (bits === undefined) return version !== 0 || /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(text);
  return (
    version !== 0 && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)
  );
}

/** Decides by the address that is really called, not by the name alone: a name may lead anywhere. */
export class AllowedHosts {
  readonly #names = new Set<string>();
  readonly #allowed = new BlockList();
  readonly #private = new BlockList();
  readonly #global = new BlockList();

  /** @param allow as `isAllowedName` takes them */
  constructor(allow: readonly string[]) {
    for (const part of allow) {
      if (isIP(part.split('/')[0] ?? '') === 0) this.#names.add(part.toLowerCase());
      else addTo(this.#allowed, part);
    }
    for (const part of [...PRIVATE_4, ...PRIVATE_6]) addTo(this.#private, part);
    addTo(this.#global, GLOBAL_6);
  }

  /** @param host as the URL names it */
  permits(host: string, address: string): boolean {
    const plain = withoutMapping(address);
    const kind = isIP(plain) === 4 ? 'ipv4' : 'ipv6';
    if (this.#names.has(host.toLowerCase()) || this.#allowed.check(plain, kind)) return true;
    return !this.#private.check(plain, kind) && (kind === 'ipv4' || this.#global.check(plain, kind));
  }
}

function addTo(list: BlockList, part: string): void {
  const [address = '', bits] = part.split('/');
  const isFour = isIP(address) === 4;
  list.addSubnet(address, Number(bits ?? (isFour ? 32 : 128)), isFour ? 'ipv4' : 'ipv6');
}

/** `::ffff:10.0.0.1` is 10.0.0.1. */
function withoutMapping(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ?? address;
}
