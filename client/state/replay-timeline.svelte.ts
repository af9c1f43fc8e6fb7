/** What the time slider shows: how far the kept past goes, which part of it is in view, and what lies there. */
import type { ReplaySpan, Timeline } from '../../shared/replay.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, parseInstant } from '../../shared/time.ts';
import type { Timers } from '../timers.ts';
import type { Answer } from './answer.ts';
import type { Subscription } from './picture-counts.ts';
import type { ReplayRange } from './replay-query.ts';

export interface TimelineSource {
  span(of: Subscription): Promise<Answer<ReplaySpan>>;
  timeline(of: Subscription, window: ReplayRange, bins: number): Promise<Answer<Timeline>>;
}

/** As the server counts it, read as moments; null where nothing is kept yet. */
export interface KeptSpan {
  fromMs: number;
  fullFromMs: number;
}

export const WINDOW_HOURS = [1, 8, 24, 168] as const;
/** What is in view at first. */
const FIRST_HOURS = 24;
const BINS = 240;
/** The present goes on, and the slider with it. */
const EVERY_MS = 20_000;
const AGAIN_MS = 3_000;
/** When played past the right end, the view moves on so that this much is behind. */
const BEHIND = 0.1;

export class ReplayTimeline {
  span = $state.raw<KeptSpan | null>(null);
  /** Whether the server has said what is kept. */
  isKnown = $state(false);
  timeline = $state.raw<Timeline | null>(null);
  window = $state.raw<ReplayRange>({ fromMs: 0, toMs: 1 });
  readonly #source: TimelineSource;
  readonly #timers: Timers;
  readonly #nowMs: () => number;
  #of: Subscription;
  #question = 0;
  #isOpen = false;
  #cancel = (): void => undefined;

  constructor(source: TimelineSource, timers: Timers, nowMs: () => number, of: Subscription) {
    this.#source = source;
    this.#timers = timers;
    this.#nowMs = nowMs;
    this.#of = of;
  }

  /** Shows the part around a moment, or around a range where one is chosen; no wider than what is kept. */
  open(atMs: number, range: ReplayRange | null, keptMs = -Infinity): void {
    this.#isOpen = true;
    const hours = WINDOW_HOURS.find((one) => this.#nowMs() - keptMs <= one * HOUR_MS) ?? FIRST_HOURS;
    if (range !== null && atMs >= range.fromMs && atMs <= range.toMs) this.zoomTo(range);
    else this.showHours(Math.min(hours, FIRST_HOURS), atMs);
  }

  stop(): void {
    this.#question++;
    this.#cancel();
  }

  choose(of: Subscription): void {
    if (of.theme === this.#of.theme && of.force === this.#of.force) return;
    this.#of = of;
    this.timeline = null;
    void this.#read();
  }

  /** So many hours with the moment among them; up to now where that is near. */
  showHours(hours: number, atMs: number): void {
    const [nowMs, lengthMs] = [this.#nowMs(), hours * HOUR_MS];
    const toMs = nowMs - atMs < lengthMs ? nowMs : atMs + lengthMs / 2;
    this.show({ fromMs: toMs - lengthMs, toMs });
  }

  showAll(): void {
    const fromMs = this.span?.fromMs ?? this.#nowMs() - DAY_MS;
    this.show({ fromMs: Math.min(fromMs, this.#nowMs() - HOUR_MS), toMs: this.#nowMs() });
  }

  /** With a little around it, so that both its ends can be moved. */
  zoomTo({ fromMs, toMs }: ReplayRange): void {
    const margin = Math.max((toMs - fromMs) * 0.05, MINUTE_MS);
    this.show({ fromMs: fromMs - margin, toMs: toMs + margin });
  }

  /** Moves on where the moment has left the view. */
  follow(atMs: number): void {
    const { fromMs, toMs } = this.window;
    if (!this.#isOpen || (atMs >= fromMs && atMs <= toMs)) return;
    const lengthMs = toMs - fromMs;
    const start = atMs - BEHIND * lengthMs;
    const latest = Math.max(this.#nowMs(), atMs) - lengthMs;
    this.show({ fromMs: Math.min(start, latest), toMs: Math.min(start, latest) + lengthMs });
  }

  /** When the next alert after, or before, the moment was raised; undefined where there is none. */
  async alertBeside(atMs: number, step: 1 | -1): Promise<Timeline['alerts'][number] | undefined> {
    const near = alertIn(this.timeline?.alerts ?? [], atMs, step);
    const { fromMs, toMs } = this.window;
    const isWithin = atMs >= fromMs && atMs <= toMs;
    if (near !== undefined && isWithin) return near;
    const kept = this.span?.fromMs ?? fromMs;
    const rest =
      step === 1 ? { fromMs: atMs, toMs: Math.max(this.#nowMs(), atMs + 1) } : { fromMs: kept, toMs: atMs };
    if (rest.fromMs >= rest.toMs) return undefined;
    const answer = await this.#source.timeline(this.#of, atLeastAMinute(rest), 1);
    return answer.kind === 'answered' ? alertIn(answer.value.alerts, atMs, step) : undefined;
  }

  show(window: ReplayRange): void {
    this.window = window;
    void this.#read();
  }

  async #read(): Promise<void> {
    const question = ++this.#question;
    this.#cancel();
    const [span, timeline] = await Promise.all([
      this.#source.span(this.#of),
      this.#source.timeline(this.#of, this.window, binsOf(this.window)),
    ]);
    if (question !== this.#question) return;
    if (span.kind === 'answered') {
      this.isKnown = true;
      const { from, fullFrom } = span.value;
      const fromMs = parseInstant(from ?? '');
      this.span =
        fromMs === undefined ? null : { fromMs, fullFromMs: parseInstant(fullFrom ?? '') ?? Infinity };
    }
    if (timeline.kind === 'answered') this.timeline = timeline.value;
    const wait = span.kind === 'unreachable' || timeline.kind === 'unreachable' ? AGAIN_MS : EVERY_MS;
    this.#cancel = this.#timers.after(wait, () => {
      this.#moveOn();
    });
  }

  /** A view that ends now goes on ending now. */
  #moveOn(): void {
    const { fromMs, toMs } = this.window;
    const passed = this.#nowMs() - toMs;
    if (passed > 0 && passed < 4 * EVERY_MS) this.show({ fromMs: fromMs + passed, toMs: toMs + passed });
    else void this.#read();
  }
}

/** Less than a minute is counted by nobody. */
function binsOf({ fromMs, toMs }: ReplayRange): number {
  return Math.max(1, Math.min(BINS, Math.floor((toMs - fromMs) / MINUTE_MS)));
}

function atLeastAMinute({ fromMs, toMs }: ReplayRange): ReplayRange {
  return { fromMs: Math.min(fromMs, toMs - MINUTE_MS), toMs };
}

function alertIn(
  alerts: Timeline['alerts'],
  atMs: number,
  step: 1 | -1,
): Timeline['alerts'][number] | undefined {
  const moment = (alert: Timeline['alerts'][number]): number => parseInstant(alert.at) ?? 0;
  const beside = alerts.filter((alert) => (step === 1 ? moment(alert) > atMs : moment(alert) < atMs));
  return beside.toSorted((one, other) => step * (moment(one) - moment(other)))[0];
}
