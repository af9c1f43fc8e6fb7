/** A seeded, self-exciting city: a stream of incidents from many feeds, in the order in which they become known. */
import type { Marker } from '../../shared/category.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import type { FeedName } from '../feeds/subjects.ts';
import { ClusterSchedule, extrasOf, type Cluster } from './clusters.ts';
import { CITY_POLICE, drawDelay } from './feed-habits.ts';
import { withFollowUps } from './follow-ups.ts';
import { Ids } from './ids.ts';
import { NearRepeats } from './near-repeats.ts';
import { Outages, type Outage } from './outages.ts';
import { Places } from './places.ts';
import { toPlane, type Point } from './plane.ts';
import { Random } from './random.ts';
import { habitFor, tellAt, type Telling } from './telling.ts';
import { TimeQueue } from './time-queue.ts';
import { incidentOf, isCityOfLondon } from './told-incident.ts';
import { truthOfCluster, truthOfOutage, type Truth } from './truth.ts';

export interface SimulatedMessage {
  knownAtMs: number;
  feed: FeedName;
  incident: IncidentMessage;
}

export interface CityOptions {
  /** Whether what happened lately draws the next of its kind; without it every incident stands for itself. */
  nearRepeats?: boolean;
  /** Those that are named; what would begin before the city's first stretch is left out. */
  clusters?: readonly Cluster[];
  /** Others, at times and places that the seed decides, with sizes that stand out at the city's rate. */
  clustersPerDay?: number;
  outages?: readonly Outage[];
  outagesPerDay?: number;
  /** Told of each cluster and outage before its first message. */
  onTruth?: (truth: Truth) => void;
  /** The map of another city, which takes half a second to make: for many runs over one map. */
  places?: Places;
}

export interface Stretch {
  startMs: number;
  /** Messages that would become known at this time or later are left for the next stretch; endless where absent. */
  endMs?: number;
  /** New incidents per second at a time; corrections and repeats come on top, about 9 %, and clusters. */
  ratePerSecond: (atMs: number) => number;
}

/** Lives through one stretch of time after the other, and remembers across them what happened and is yet to be told. */
export class SimulatedCity {
  readonly #seed: number;
  readonly #options: CityOptions;
  readonly #places: Places;
  readonly #repeats: NearRepeats;
  readonly #schedule: ClusterSchedule;
  readonly #outages: Outages;
  readonly #toCome = new TimeQueue<SimulatedMessage>();
  #ids: Ids | undefined;
  #begunUpToMs: number | undefined;

  /** With no options: no clusters and no outages, only near-repeats. Throws `NoSuchPlace` where a cluster could not be. */
  constructor(seed: number, options: CityOptions = {}) {
    const { clusters = [], clustersPerDay = 0, outages = [], outagesPerDay = 0 } = options;
    const { places = new Places(seed) } = options;
    for (const { centre, radiusMetres } of clusters)
      places.within(toPlane(centre.lat, centre.lon), radiusMetres, new Random(seed));
    this.#seed = seed;
    this.#options = options;
    this.#places = places;
    this.#repeats = new NearRepeats(places);
    this.#schedule = new ClusterSchedule(seed, clustersPerDay, places);
    this.#outages = new Outages(seed, outages, outagesPerDay);
  }

  /**
   * Yields messages in known-at order; the same for the same seed, options and stretches before. Ids begin
   * with the start of the first stretch, so that those of another run never meet them.
   */
  *messages({ startMs, endMs = Infinity, ratePerSecond }: Stretch): Generator<SimulatedMessage> {
    const random = new Random(this.#seed, 'messages', startMs);
    const ids = (this.#ids ??= new Ids(startMs));
    this.#begunUpToMs ??= startMs;
    let atMs = startMs;
    while (atMs < endMs) {
      atMs = Math.min(endMs, atMs + random.exponential(1_000 / ratePerSecond(atMs)));
      if (atMs >= this.#begunUpToMs) this.#begin(atMs, ratePerSecond, ids);
      for (let next = this.#toCome.next; next !== undefined; next = this.#toCome.next) {
        if (next.knownAtMs > atMs) break;
        this.#toCome.take();
        yield next.knownAtMs < startMs ? { ...next, knownAtMs: startMs } : next;
      }
      if (atMs < endMs) this.#happen(ids.next('usual'), Math.floor(atMs), random);
    }
  }

  #happen(id: string, knownAtMs: number, random: Random): void {
    const telling = tellAt(knownAtMs, random);
    const { occasion, occurredAtMs } = telling;
    const { nearRepeats = true } = this.#options;
    const repeated = nearRepeats ? this.#repeats.next(occasion, occurredAtMs, random) : undefined;
    const address = repeated ?? this.#places.somewhere(occasion.place, random);
    if (nearRepeats) this.#repeats.remember(occasion, { atMs: knownAtMs, address });
    this.#tell({ id, telling, address, knownAtMs }, random);
  }

  /** Whether the first message is or will be sent. */
  #tell(
    {
      id,
      telling: { occasion, habit, occurredAtMs },
      address,
      knownAtMs,
      markers = [],
    }: { id: string; telling: Telling; address: Point; knownAtMs: number; markers?: readonly Marker[] },
    random: Random,
  ): boolean {
    const isCityCall = habit.feed.feed === 'metropolitan-calls' && isCityOfLondon(address);
    const feed = isCityCall ? CITY_POLICE : habit.feed;
    const { happening } = occasion;
    const incident = incidentOf({ id, happening, address, habit, occurredAtMs, knownAtMs, markers }, random);
    const nearby = (): Point => this.#places.near(address, 60, random);
    const arriving = withFollowUps({ knownAtMs, incident }, nearby, random).map((message) => ({
      ...message,
      feed,
      knownAtMs: this.#outages.arrivalMs(feed, message.knownAtMs),
    }));
    for (const message of arriving) if (isSent(message)) this.#toCome.add(message);
    return arriving.some(isSent);
  }

  /** Lets the clusters and outages of the time up to a minute ahead begin. */
  #begin(atMs: number, ratePerSecond: (atMs: number) => number, ids: Ids): void {
    const fromMs = this.#begunUpToMs ?? atMs;
    const toMs = atMs + MINUTE_MS;
    this.#begunUpToMs = toMs;
    const { clusters = [], onTruth } = this.#options;
    for (const outage of this.#outages.beginning(fromMs, toMs)) onTruth?.(truthOfOutage(outage));
    const named = clusters.filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
    for (const cluster of [...named, ...this.#schedule.beginning(fromMs, toMs, ratePerSecond)]) {
      const incidentIds = this.#tellCluster(cluster, ids);
      onTruth?.(truthOfCluster(cluster, incidentIds));
    }
  }

  /** Returns the ids of those that are sent. */
  #tellCluster(cluster: Cluster, ids: Ids): string[] {
    const { startMs, centre, markers = [] } = cluster;
    const random = new Random(this.#seed, 'cluster', startMs, centre.lat, centre.lon);
    return extrasOf(cluster, this.#places, random)
      .map(({ occasion, address, occurredAtMs }) => {
        const id = ids.next('extra');
        const habit = habitFor(occasion, random);
        const knownAtMs = Math.ceil(occurredAtMs + drawDelay(habit, random));
        const telling = { occasion, habit, occurredAtMs };
        return this.#tell({ id, telling, address, knownAtMs, markers }, random) ? id : undefined;
      })
      .filter((id) => id !== undefined);
  }
}

function isSent<Message>(
  message: Message & { knownAtMs: number | undefined },
): message is Message & { knownAtMs: number } {
  return message.knownAtMs !== undefined;
}
