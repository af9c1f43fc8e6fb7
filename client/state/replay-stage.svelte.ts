/** The picture of a replay and where it stands: brings states and deltas onto it, and notes the events it passes. */
import type { ReplayDetail, ReplayState } from '../../shared/replay.ts';
import { parseInstant } from '../../shared/time.ts';
import { applyDelta } from './apply-delta.ts';
import type { LiveView } from './live-view.svelte.ts';
import type { Picture } from './picture.ts';
import type { Coming } from './replay-ahead.ts';
import type { ReplayClock } from './replay-clock.ts';
import { EventTrail, isEvent, type PassedEvent } from './replay-events.ts';

export interface StageDeps {
  picture: Picture;
  clock: ReplayClock;
  view: Pick<LiveView, 'connected' | 'changed'>;
}

export class ReplayStage {
  /** Epoch milliseconds; null before the first state. */
  atMs = $state<number | null>(null);
  detail = $state<ReplayDetail>('full');
  /** When the state was kept that the picture began with. */
  keptMs = $state(0);
  /** The event that the picture stands on, where it was stepped to. */
  standsOn: PassedEvent | undefined;
  readonly trail = new EventTrail();
  readonly #deps: StageDeps;

  constructor(deps: StageDeps) {
    this.#deps = deps;
  }

  /** What of LIVE the picture has. */
  get position(): { epoch: string; seq: number } | undefined {
    return this.#deps.picture.position;
  }

  /** @param standAt the moment that was asked for, or when what is shown was kept */
  showState(state: ReplayState, standAt: 'at' | 'stamp' = 'at'): void {
    const { picture, view } = this.#deps;
    this.keptMs = parseInstant(state.stamp) ?? 0;
    this.stand(standAt === 'at' ? (parseInstant(state.at) ?? 0) : this.keptMs);
    picture.applySnapshot(state.snapshot, state.epoch);
    this.detail = state.detail;
    view.connected('live');
    view.changed('picture');
  }

  stand(atMs: number): void {
    this.#deps.clock.stand(atMs);
    this.atMs = atMs;
  }

  /** Shows what is due; true where it is an event. @param isMerged several may have come as one */
  show(coming: Coming, isMerged: boolean): boolean {
    const { picture } = this.#deps;
    const { stampMs, delta } = coming;
    if (delta === undefined) {
      this.forgetEvents();
      this.showState(coming.state);
      this.stand(stampMs);
      return true;
    }
    const isOne = isEvent(delta, picture);
    this.stand(Math.max(stampMs, this.atMs ?? stampMs));
    applyDelta(picture, delta);
    if (isOne && !isMerged && picture.position !== undefined) {
      this.standsOn = { epoch: picture.position.epoch, seq: delta.seq, stampMs };
      this.trail.pass(this.standsOn);
    }
    return isOne;
  }

  forgetEvents(): void {
    this.standsOn = undefined;
    this.trail.clear();
  }

  changed(what: 'picture' | 'delta'): void {
    this.#deps.view.changed(what);
  }
}
