/** Posts a message to a webhook, signed, and says whether it was taken. */
import { createHmac } from 'node:crypto';
import { lookup, type LookupAddress } from 'node:dns';
import { request as requestHttp, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { CAP_TYPE } from '../cap/cap-message.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { hostOf, NOT_PUBLIC, webhookUrlFault } from './webhook-url.ts';

export const TIMEOUT_MS = 10_000;

export interface SignedPost {
  url: string;
  secret: string;
  body: string;
  /** The same at each attempt: whoever gets it twice can tell. */
  delivery: string;
  nowMs: number;
  timeoutMs?: number;
}

/** `t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>", hexadecimal>`: old ones can be told from new ones, and none be changed. */
export function signatureOf({ secret, body, nowMs }: Pick<SignedPost, 'secret' | 'body' | 'nowMs'>): string {
  const seconds = Math.floor(nowMs / 1_000);
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}

/** Resolves with why it was not taken, or `undefined`: taken is what is answered with 2xx. Follows no redirect. */
export async function postSigned(post: SignedPost, allowed: AllowedHosts): Promise<string | undefined> {
  const fault = webhookUrlFault(post.url, allowed);
  if (fault !== undefined) return `its address ${fault}`;
  const { timeoutMs = TIMEOUT_MS } = post;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const status = await send(post, allowed, signal);
    if (status >= 200 && status < 300) return undefined;
    return status >= 300 && status < 400
      ? `answered ${status}: redirects are not followed`
      : `answered ${status}`;
  } catch (error) {
    if (signal.aborted) return `no answer within ${timeoutMs / 1_000} s`;
    if (error instanceof NotPublic) return error.message;
    return `cannot be reached (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`;
  }
}

class NotPublic extends Error {
  override readonly name = 'NotPublic';
}

function send(post: SignedPost, allowed: AllowedHosts, signal: AbortSignal): Promise<number> {
  const url = new URL(post.url);
  const body = Buffer.from(post.body);
  const options: RequestOptions = {
    ...{ method: 'POST', agent: false, signal, lookup: publicLookup(hostOf(url), allowed) },
    headers: {
      'content-type': `${CAP_TYPE}; charset=utf-8`,
      'content-length': body.length,
      'user-agent': 'Forewatch',
      'forewatch-delivery': post.delivery,
      'forewatch-signature': signatureOf(post),
    },
  };
  return new Promise((resolve, reject) => {
    const begin = url.protocol === 'http:' ? requestHttp : requestHttps;
    const request = begin(url, options, (response) => {
      resolve(response.statusCode ?? 0);
      // What it says beyond that is of no use, however much it is.
      response.destroy();
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Resolves a name to those of its addresses that may be called: what is checked here is what is connected to. */
function publicLookup(host: string, allowed: AllowedHosts): LookupFunction {
  return (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const open = addresses.filter(({ address }) => isIP(address) !== 0 && allowed.permits(host, address));
      const [first] = open;
      if (first === undefined) callback(new NotPublic(`its address ${NOT_PUBLIC}`), []);
      else if (options.all === true) callback(null, open);
      else callback(null, first.address, first.family);
    });
  };
}
