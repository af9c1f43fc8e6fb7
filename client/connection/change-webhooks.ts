/** Reads, registers, tries and removes the webhooks that alerts are told to. */
import type { Force } from '../../shared/force.ts';
import { changeServer, type Changed } from './change-server.ts';

const WEBHOOKS = '/api/webhooks';
/** The server itself waits ten seconds for an answer. */
const TRY_MS = 15_000;

interface Undelivered {
  alert: string;
  revision: number;
  attempts: number;
  reason: string | null;
  at: string;
}

/** A webhook, and what became of what it was told. */
export interface WebhookShown {
  id: number;
  force: Force;
  url: string;
  waiting: number;
  delivered: number;
  dead: number;
  lastDeliveredAt: string | null;
  failing: Undelivered | null;
  givenUp: Undelivered[];
}

export async function readWebhooks(): Promise<Changed<WebhookShown[]>> {
  const answer = await changeServer<{ webhooks: WebhookShown[] }>('GET', WEBHOOKS);
  return answer.kind === 'done' ? { kind: 'done', value: answer.value.webhooks } : answer;
}

/** The answer alone shows the secret. */
export function registerWebhook(webhook: {
  force: Force;
  url: string;
}): Promise<Changed<{ id: number; secret: string }>> {
  return changeServer('POST', WEBHOOKS, webhook);
}

export function tryWebhook(id: number): Promise<Changed<{ delivered: boolean; reason: string | null }>> {
  return changeServer('POST', `${WEBHOOKS}/${id}/test`, {}, TRY_MS);
}

export function removeWebhook(id: number): Promise<Changed<null>> {
  return changeServer('DELETE', `${WEBHOOKS}/${id}`);
}
