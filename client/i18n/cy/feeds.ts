/** Ffynonellau: the feeds and whether they still speak, in Welsh. */
import type { FeedCondition } from '../../../shared/feed.ts';
import type { FeedHealth } from '../../state/feed-health.ts';
import type { feeds as english } from '../en/feeds.ts';

const condition: Record<FeedCondition, string> = { live: 'byw', late: 'hwyr', silent: 'DISTAW' };

const health: Record<FeedHealth, string> = { ...condition, overdue: 'hwyrhau' };

export const feeds: typeof english = {
  condition,
  health,
  feeds: 'Ffynonellau',
  noFeeds: 'Nid oes yr un ffynhonnell wedi anfon dim erioed.',
  feedAge: (health, age) => (health === 'silent' ? `ers ${age}` : `${age} yn ôl`),
  expectedEvery: (interval) => `bob ${interval}`,
  stored: (count) => `cadwyd ${count}`,
  rejected: (count) => `gwrthodwyd ${count}`,
  duplicates: (count) => `ailadroddwyd ${count}`,
  lastRejection: (path, reason) => (path === '' ? reason : `${path}: ${reason}`),
  otherFeeds: (count, worst) =>
    `+ ${count} arall, ${worst === 'live' ? 'pob un yn fyw' : `rhai’n ${condition[worst]}`}`,
  silent: (feeds) => `Dim gair gan ${feeds}`,
  silentMeans: 'Nid yw tawelwch yma’n golygu strydoedd tawel.',
};
