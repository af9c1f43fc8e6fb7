/** The open alerts as an Atom feed (RFC 4287) whose entries link to their CAP messages. */
import type { Alert } from '../../shared/alert-state.ts';
import { forceName } from '../../shared/force-name.ts';
import { CAP_TYPE, capIdentifier, eventOf } from './cap-message.ts';
import { ENGLISH } from './cap-words.ts';
import { element, xmlDocument } from './xml.ts';

export const FEED_TYPE = 'application/atom+xml';

/** The alerts as their reader may see them; `at` is when they were read. */
export function alertFeed(alerts: readonly Alert[], { sender, at }: { sender: string; at: string }): string {
  const latest = alerts
    .map(({ changedAt }) => changedAt)
    .toSorted()
    .at(-1);
  const self = { rel: 'self', type: FEED_TYPE, href: '/api/alerts/feed' };
  return xmlDocument(
    element(
      'feed',
      [
        element('id', `urn:x-forewatch:${encodeURIComponent(sender)}:alerts`),
        element('title', 'Forewatch: open alerts'),
        element('updated', latest ?? at),
        element('author', [element('name', 'Forewatch')]),
        element('link', [], self),
        ...alerts.map((alert) =>
          element('entry', [
            element('id', `urn:x-forewatch:${encodeURIComponent(sender)}:${capIdentifier(alert)}`),
            element('title', `${eventOf(alert, ENGLISH)}, ${forceName(alert.force, 'en')}`),
            element('updated', alert.changedAt),
            element('link', [], {
              ...{ rel: 'alternate', type: CAP_TYPE },
              href: `/api/alerts/${alert.id}/cap?revision=${alert.revision}`,
            }),
            element('summary', `${alert.priority}, ${alert.state}`),
          ]),
        ),
      ],
      { xmlns: 'http://www.w3.org/2005/Atom' },
    ),
  );
}
