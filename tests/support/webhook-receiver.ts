/** A program that is told of alerts by webhook, for tests: it answers as it is told to, and keeps what it got. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Got {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  url: string;
  /** All that came, taken or not. */
  got: Got[];
  /** What is answered from now on: a status, or one that a redirect leads elsewhere with; null: nothing at all. */
  answer: (got: Got) => number | { redirect: string } | null;
  close(): Promise<void>;
}

export async function webhookReceiver(): Promise<Receiver> {
  const receiver: Receiver = { url: '', got: [], answer: () => 204, close: () => Promise.resolve() };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      const got = { path, headers, body: Buffer.concat(chunks).toString() };
      receiver.got.push(got);
      const answer = receiver.answer(got);
      if (answer === null) return;
      if (typeof answer === 'number') response.writeHead(answer).end();
      else response.writeHead(302, { location: answer.redirect }).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  receiver.close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return receiver;
}

/** As a receiver checks it: by its own secret, and no older than five minutes. */
export function isSigned({ headers, body }: Got, secret: string, nowMs: number): boolean {
  const [, seconds = '', mac = ''] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['forewatch-signature'])) ?? [];
  if (Math.abs(nowMs / 1_000 - Number(seconds)) > 300 || mac === '') return false;
  const own = createHmac('sha256', secret).update(`${seconds}.${body}`).digest();
  return timingSafeEqual(own, Buffer.from(mac, 'hex'));
}
