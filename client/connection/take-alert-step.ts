/** Takes a step with an alert on the server, and reads an alert with the steps that were taken. */
import type { Alert } from '../../shared/alert-state.ts';
import type { AlertStep, TakenStep } from '../../shared/alert-step.ts';
import type { Answer } from '../state/answer.ts';

const TIMEOUT_MS = 8_000;

export interface AlertHistory {
  alert: Alert;
  /** The earliest first. */
  steps: TakenStep[];
}

/** @param expectedVersion of the alert as whoever asks has seen it: of another the server refuses (409) */
export function takeAlertStep(id: string, step: AlertStep, expectedVersion: number): Promise<Answer<Alert>> {
  const { act, ...rest } = step;
  return ask(`/${encodeURIComponent(id)}/${act}`, { expectedVersion, ...rest });
}

export function readAlert(id: string): Promise<Answer<AlertHistory>> {
  return ask(`/${encodeURIComponent(id)}`);
}

async function ask<Value>(path: string, body?: object): Promise<Answer<Value>> {
  try {
    const response = await fetch(`/api/alerts${path}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const content = (await response.json()) as unknown;
    if (response.ok) return { kind: 'answered', value: content as Value };
    const { detail } = (content ?? {}) as { detail?: unknown };
    return {
      ...{ kind: 'refused', status: response.status },
      reason: typeof detail === 'string' ? detail : String(response.status),
    };
  } catch {
    return { kind: 'unreachable' };
  }
}
