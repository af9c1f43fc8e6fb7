/** Builds incident messages for tests: synthetic, valid unless a test says otherwise. */
import type { IncidentMessage } from '../../shared/incident.ts';

let made = 0;

export function incidentMessage(change: Partial<IncidentMessage> = {}): IncidentMessage {
  made++;
  return {
    id: `test-${made}`,
    occurredAt: '2026-03-01T12:00:00Z',
    location: { lat: 51.5, lon: -0.12 },
    category: 'burglary',
    ...change,
  };
}
