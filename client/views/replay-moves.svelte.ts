/** What keys and buttons of the time machine do: play, step, jump to an alert, choose and zoom a range. */
import { parseInstant } from '../../shared/time.ts';
import type { OpenReplay } from '../open-replay.ts';
import type { Act } from './keys.ts';

/** A busy server tells late. */
const TOLD_WITHIN_MS = 60_000;
/** No range is shorter. */
const SHORTEST_RANGE_MS = 1_000;

type Moved = Pick<OpenReplay, 'view' | 'player' | 'timeline'>;

export class ReplayMoves {
  /** Whether no alert lay in the direction of the last jump. */
  noAlert = $state(false);
  readonly #moved: Moved;
  readonly #onalert: (id: string) => Promise<void>;
  /** Where the last jump to an alert ended: a moment after it was raised. */
  #jumped = { raisedMs: 0, atMs: 0 };
  /** What the slider showed before it was zoomed to the range. */
  #beforeZoom: { fromMs: number; toMs: number } | null = null;

  /** @param onalert told of the alert that was jumped to, once it is in the picture */
  constructor(moved: Moved, onalert: (id: string) => Promise<void>) {
    this.#moved = moved;
    this.#onalert = onalert;
  }

  /** False where the act is none of these. */
  async act(what: Act): Promise<boolean> {
    const { player } = this.#moved;
    switch (what) {
      case 'play':
        await player.toggle();
        break;
      case 'step-on':
        await player.stepOn();
        break;
      case 'step-back':
        await player.stepBack();
        break;
      case 'next-alert':
        await this.#toAlert(1);
        break;
      case 'previous-alert':
        await this.#toAlert(-1);
        break;
      case 'slower':
        player.changeSpeed(-1);
        break;
      case 'faster':
        player.changeSpeed(1);
        break;
      case 'range-from':
        this.#markRange('fromMs');
        break;
      case 'range-to':
        this.#markRange('toMs');
        break;
      case 'zoom-range':
        this.#zoomRange();
        break;
      case 'no-range':
        player.range = null;
        break;
      case 'slider':
        document.getElementById('replay-slider')?.focus();
        break;
      default:
        return false;
    }
    return true;
  }

  async #toAlert(step: 1 | -1): Promise<void> {
    const { view, player, timeline } = this.#moved;
    const stands = player.wantedMs ?? player.atMs;
    if (stands === null) return;
    const from = stands === this.#jumped.atMs ? this.#jumped.raisedMs : stands;
    const next = await timeline.alertBeside(from, step);
    this.noAlert = next === undefined;
    if (next === undefined) return;
    const raisedMs = parseInstant(next.at) ?? from;
    const isTold = (): boolean => view.picture.alerts.some(({ id }) => id === next.id);
    await player.seekUntil(raisedMs, isTold, TOLD_WITHIN_MS);
    this.#jumped = { raisedMs, atMs: player.atMs ?? raisedMs };
    await this.#onalert(next.id);
  }

  #markRange(end: 'fromMs' | 'toMs'): void {
    const { player, timeline } = this.#moved;
    const at = player.wantedMs ?? player.atMs;
    if (at === null) return;
    const { fromMs, toMs } = player.range ?? timeline.window;
    const marked = { fromMs, toMs, [end]: at };
    // An end before the beginning begins another range.
    if (marked.fromMs >= marked.toMs)
      player.range =
        end === 'fromMs'
          ? { fromMs: at, toMs: Math.max(timeline.window.toMs, at + SHORTEST_RANGE_MS) }
          : { fromMs: Math.min(timeline.window.fromMs, at - SHORTEST_RANGE_MS), toMs: at };
    else player.range = marked;
  }

  #zoomRange(): void {
    const { player, timeline } = this.#moved;
    const { range } = player;
    if (this.#beforeZoom !== null) {
      timeline.show(this.#beforeZoom);
      this.#beforeZoom = null;
    } else if (range !== null) {
      this.#beforeZoom = timeline.window;
      timeline.zoomTo(range);
    }
  }
}
