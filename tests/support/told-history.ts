/** A history of what LIVE told, drawn at random: written to the archive as it goes, and shown to clients as a gateway would. */
import fc from 'fast-check';
import type { Announcement, IncidentChange, StoredIncident } from '../../shared/announcement.ts';
import type { Alert } from '../../shared/alert-state.ts';
import { ORIGINS } from '../../shared/incident.ts';
import { HORIZONS } from '../../shared/forecast.ts';
import type { Delta } from '../../shared/messages.ts';
import { THEMES } from '../../shared/theme.ts';
import { formatInstant, MINUTE_MS, TimeZone } from '../../shared/time.ts';
import { deltaOf, snapshotOf, type View } from '../../server/gateway/frames.ts';
import type { Clock } from '../../server/clock.ts';
import type { LivePicture } from '../../server/gateway/live-picture.ts';
import { readPicture } from '../../server/gateway/read-picture.ts';
import { incidentAnnouncements } from '../../server/live/announce-incidents.ts';
import type { LiveMessage, LiveStream } from '../../server/live/live-stream.ts';
import type { SeenBatches } from '../../server/live/seen-batches.ts';
import type { Database } from '../../server/store/database.ts';
import { insertArchived } from '../../server/store/live-archive-store.ts';
import { ShownPicture, type Shown } from './shown-picture.ts';
import { finding } from './findings.ts';
import { ranking } from './rankings.ts';
import { content, corrected, NOW_MS, storedIncident } from './stored-incidents.ts';

const FORCES = ['kent', 'surrey', 'unassigned'] as const;

const mark = fc.nat(1_000);
/** What may happen next. */
export type Happening =
  | {
      kind: 'stored';
      contents: (typeof content extends fc.Arbitrary<infer Content> ? Content : never)[];
      origin: number;
    }
  | {
      kind: 'corrected';
      which: number;
      to: typeof content extends fc.Arbitrary<infer Content> ? Content : never;
    }
  | { kind: 'repeated' | 'ranked' | 'feed' | 'alert' | 'step' | 'issued'; which: number }
  | { kind: 'waited'; minutes: number }
  | { kind: 'kept' | 'keeper restarted' | 'gateway restarted' | 'anew' };

const rare = fc.constantFrom<Happening['kind'] & ('keeper restarted' | 'gateway restarted' | 'anew')>(
  ...(['keeper restarted', 'keeper restarted', 'gateway restarted', 'anew'] as const),
);
export const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('stored' as const),
        contents: fc.array(content, { minLength: 1, maxLength: 6 }),
        origin: mark,
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant('corrected' as const), which: mark, to: content }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('repeated' as const), which: mark }) },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          'ranked' as const,
          'feed' as const,
          'alert' as const,
          'step' as const,
          'issued' as const,
        ),
        which: mark,
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('waited' as const),
        minutes: fc.constantFrom(1, 5, 61, 400, 1_500),
      }),
    },
    { weight: 4, arbitrary: fc.constant({ kind: 'kept' as const }) },
    { weight: 1, arbitrary: rare.map((kind) => ({ kind })) },
  ),
  { minLength: 5, maxLength: 45, size: 'max' },
);

/** What was shown once a message was told. */
export interface Moment {
  epoch: string;
  seq: number;
  stampMs: number;
  /** By the name of the view. */
  snapshots: Record<string, unknown>;
  shown: Record<string, Shown>;
  deltas: Record<string, Delta | undefined>;
}

let epochs = 0;

export class ToldHistory {
  readonly live: LiveStream;
  readonly clock: Clock = { kind: 'system', now: () => this.nowMs, speed: 1 };
  readonly timeZone = 'Europe/London';
  readonly moments: Moment[] = [];
  nowMs = NOW_MS;
  epoch = '';
  readonly #database: Database;
  readonly #views: Record<string, View>;
  #messages: LiveMessage[] = [];
  #picture: LivePicture | undefined;
  #seen: SeenBatches | undefined;
  readonly #screens = new Map<string, ShownPicture>();
  readonly #incidents: StoredIncident[] = [];
  readonly #alerts: Alert[] = [];
  #batch = 0;

  constructor(database: Database, views: Record<string, View>) {
    this.#database = database;
    this.#views = views;
    const position = () => ({ epoch: this.epoch, firstSeq: 1, lastSeq: this.#messages.length });
    const held = function* (this: ToldHistory, subjects: string, from: { afterSeq: number } | 'latest') {
      const kind = subjects.replace(/\.?[*>]$/, '');
      const all = this.#messages.filter(({ subject }) => subject.startsWith(kind));
      if (from === 'latest') yield* new Map(all.map((message) => [message.subject, message])).values();
      else yield* all.filter(({ seq }) => seq > from.afterSeq);
    }.bind(this);
    const subjects = (filter: string) =>
      new Map(
        this.#messages
          .map(({ subject }) => [subject, 1] as const)
          .filter(([subject]) => subject.startsWith(filter.slice(0, -1))),
      );
    this.live = {
      position: () => Promise.resolve(position()),
      held,
      subjects: (filter: string) => Promise.resolve(subjects(filter)),
    } as unknown as LiveStream;
  }

  /** LIVE is made anew, and a gateway reads what the database knows. */
  async begin(): Promise<void> {
    this.epoch = `epoch ${++epochs}`;
    this.#messages = [];
    await this.restartGateway();
    // Sockets are closed, and come back to a new snapshot.
    for (const [name, view] of Object.entries(this.#views)) {
      const screen = new ShownPicture(view.themes[0] ?? 'all', this.timeZone);
      screen.applySnapshot(snapshotOf(this.#pictureNow(), view, this.nowMs), this.epoch, this.nowMs);
      this.#screens.set(name, screen);
    }
  }

  /** Another gateway: it makes its own picture of what is there. */
  async restartGateway(): Promise<void> {
    const { live, clock, timeZone } = this;
    const read = await readPicture({ database: this.#database, live, clock, timeZone }, 0);
    // What LIVE holds, from its beginning: a database that has no incidents knows of none.
    for (const message of this.#messages) this.#fold(read.picture, read.seen, message.announcement);
    read.picture.seq = this.#messages.length;
    [this.#picture, this.#seen] = [read.picture, read.seen];
  }

  /** Returns whether it was something to tell. */
  async happen(happening: Happening): Promise<void> {
    for (const announcement of this.#announcements(happening)) await this.#tell(announcement);
  }

  #announcements(happening: Happening): Announcement[] {
    const at = formatInstant(this.nowMs);
    switch (happening.kind) {
      case 'stored': {
        const origin = ORIGINS[happening.origin % ORIGINS.length] ?? 'live';
        const incidents = happening.contents.map((own) => this.#received({ ...own, origin }));
        this.#incidents.push(...incidents);
        return this.#stored(incidents.map((incident) => ({ incident })));
      }
      case 'corrected': {
        const index = happening.which % Math.max(1, this.#incidents.length);
        const before = this.#incidents[index];
        if (before === undefined) return [];
        const change = corrected(before, { ...happening.to, receivedAt: at });
        this.#incidents[index] = change.incident;
        return this.#stored([change]);
      }
      case 'repeated': {
        const stored = this.#messages.filter(({ announcement }) => announcement.type === 'incidents.stored');
        const again = stored[happening.which % Math.max(1, stored.length)];
        return again === undefined ? [] : [again.announcement];
      }
      case 'ranked': {
        const { which } = happening;
        const [force, theme] = [FORCES[which % 3] ?? 'kent', THEMES[which % THEMES.length] ?? 'all'];
        const key = { force, theme, horizonHours: HORIZONS[which % 2] ?? 1 };
        const ranked = ranking(key, 1 + (which % 4));
        const coarse = ranking(key, 1);
        return [{ ...ranked, at, moved: [['891f8d7a50fffff', 1]], coarse }];
      }
      case 'feed': {
        const { which } = happening;
        const condition = (['live', 'late', 'silent'] as const)[which % 3] ?? 'live';
        return [
          {
            ...{ type: 'feeds.changed', at },
            feed: {
              ...{ agency: which % 2 === 0 ? 'police' : 'council', feed: `feed-${which % 4}`, condition },
              ...{ lastReceivedAt: at, lastOccurredAt: null, finestPrecision: null },
              ...{ stored: which, duplicates: 0, rejected: 0, lastRejection: null },
            },
          },
        ];
      }
      case 'alert': {
        const { which } = happening;
        const alert: Alert = {
          ...{ id: String(this.#alerts.length + 1), force: FORCES[which % 3] ?? 'kent' },
          ...{ version: 1, revision: 1, priority: 'medium', state: 'open' as Alert['state'] },
          ...{ finding: finding(which % 2 === 0 ? {} : { theme: 'vawg' }), coarse: false },
          ...{ raisedAt: at, changedAt: at, escalatedAt: null, shelvedUntil: null, heldBack: false },
          ...{ parent: null, holder: null, unit: null, outcome: null, dismissal: null },
        };
        this.#alerts.push(alert);
        return [this.#alertTold(alert)];
      }
      case 'step': {
        const index = happening.which % Math.max(1, this.#alerts.length);
        const before = this.#alerts[index];
        if (before === undefined) return [];
        const state = (['acknowledged', 'assigned', 'resolved', 'dismissed'] as const)[happening.which % 4];
        const { version, revision } = before;
        const alert = {
          ...before,
          state: state ?? before.state,
          version: version + 1,
          revision: revision + 1,
        };
        this.#alerts[index] = alert;
        return [this.#alertTold(alert)];
      }
      case 'issued':
        return [
          {
            ...{ type: 'forecasts.issued', at, id: happening.which, force: 'kent', theme: 'all' },
            ...{ horizonHours: 1, window: { from: at, to: at }, modelId: 'model', cells: 1 },
          },
        ];
      case 'waited':
        this.nowMs += happening.minutes * MINUTE_MS;
        return [];
      default:
        return [];
    }
  }

  /** Received now; it happened as long ago as the content says. */
  #received(change: Partial<StoredIncident>): StoredIncident {
    const agoMs = NOW_MS - Date.parse(change.occurredAt ?? formatInstant(NOW_MS));
    const occurredAt = formatInstant(this.nowMs - agoMs);
    return storedIncident({ ...change, occurredAt, receivedAt: formatInstant(this.nowMs) });
  }

  #stored(changes: readonly IncidentChange[]): Announcement[] {
    return incidentAnnouncements(++this.#batch, changes, formatInstant(this.nowMs));
  }

  #alertTold(alert: Alert): Announcement {
    const { force } = alert;
    return {
      type: 'alert.changed',
      at: formatInstant(this.nowMs),
      force,
      alert,
      sensitive: Number(alert.id) % 3 === 0,
    };
  }

  async #tell(announcement: Announcement): Promise<void> {
    this.nowMs += 1_000;
    const message = {
      ...{ seq: this.#messages.length + 1, streamAtMs: this.nowMs },
      ...{ subject: subjectOf(announcement), payload: JSON.stringify(announcement), announcement },
    };
    this.#messages.push(message);
    const { epoch } = this;
    const { seq, subject, streamAtMs: stampMs, payload } = message;
    await insertArchived(this.#database, [{ epoch, seq, stampMs, subject, payload }]);
    const picture = this.#pictureNow();
    const isNew = this.#fold(picture, this.#seen, announcement);
    picture.seq = seq;
    picture.prune(stampMs);
    const moment: Moment = { epoch, seq, stampMs, snapshots: {}, shown: {}, deltas: {} };
    for (const [name, view] of Object.entries(this.#views)) {
      const delta = isNew ? deltaOf(seq, announcement, view, new TimeZone(this.timeZone)) : undefined;
      const screen = this.#screens.get(name);
      screen?.apply(delta, seq, stampMs);
      moment.snapshots[name] = snapshotOf(picture, view, stampMs);
      if (screen !== undefined) moment.shown[name] = screen.shown();
      moment.deltas[name] = delta;
    }
    this.moments.push(moment);
  }

  #fold(picture: LivePicture, seen: SeenBatches | undefined, announcement: Announcement): boolean {
    if (announcement.type === 'incidents.stored' && seen?.isNew(announcement) === false) return false;
    picture.apply(announcement);
    return true;
  }

  #pictureNow(): LivePicture {
    if (this.#picture === undefined) throw new Error('begin first');
    return this.#picture;
  }
}

function subjectOf(announcement: Announcement): string {
  switch (announcement.type) {
    case 'incidents.stored':
      return `stored.v1.${announcement.force}`;
    case 'hotspots.ranked':
      return `hotspots.v1.${announcement.force}`;
    case 'forecasts.issued':
      return `forecasts.v1.${announcement.force}`;
    case 'alert.changed':
    case 'tasking.changed':
    case 'action.changed':
      return `alerts.v1.${announcement.force}`;
    case 'feeds.changed':
      return `feeds.v1.${announcement.feed.agency}.${announcement.feed.feed}`;
  }
}
