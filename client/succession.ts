/** Lets a wall's page be followed by one of a new build that is loaded beneath it and seen only once it is drawn. */
import { isAnother, ownBuild } from './own-build.ts';
import type { Timers } from './timers.ts';

const LOOK_MS = 250;
/** Fonts, tiles and the first heat come a moment after the first picture. */
const SETTLE_MS = 3_000;
/** A build that shows nothing by then does not work: the old one stays, and tries again later. */
const PATIENCE_MS = 90_000;
const AGAIN_MS = 600_000;

interface NewBuildMessage {
  forewatch: 'new-build';
  build: string;
}

/** Marks this page as drawn: whoever loaded it beneath another may show it. */
export function markShown(): void {
  document.documentElement.dataset['shown'] = 'yes';
}

export class Succession {
  readonly #timers: Timers;
  /** Below it the next page is loaded. */
  #current: HTMLElement;
  #endCurrent: () => void;
  #coming: { build: string; frame: HTMLIFrameElement } | undefined;
  /** What was offered meanwhile. */
  #next: string | undefined;
  readonly #failed = new Set<string>();

  /** @param page what is shown now; @param end stops whatever runs in it */
  constructor(page: HTMLElement, timers: Timers, end: () => void) {
    this.#current = page;
    this.#timers = timers;
    this.#endCurrent = end;
  }

  /** Heeds what pages that came later say to this one, which holds them. */
  listen(): void {
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      const pages = [windowOf(this.#current), this.#coming?.frame.contentWindow];
      const isOurs =
        event.origin === location.origin && event.source !== null && pages.includes(event.source as Window);
      if (isOurs && isNewBuild(event.data)) this.#load(event.data.build);
    });
  }

  /** The server has this build. In a page that lies in another, the other one does the work. */
  offer(build: string | null): void {
    if (!isAnother(ownBuild(), build)) return;
    if (window.parent === window) this.#load(build);
    else {
      const message: NewBuildMessage = { forewatch: 'new-build', build };
      window.parent.postMessage(message, location.origin);
    }
  }

  #load(build: string): void {
    if (this.#failed.has(build)) return;
    if (this.#coming !== undefined) {
      this.#next = build;
      return;
    }
    const frame = document.createElement('iframe');
    this.#coming = { build, frame };
    // Opaque and above, so that what is loaded beneath is painted and not seen.
    const ground = getComputedStyle(document.documentElement).backgroundColor;
    Object.assign(this.#current.style, { position: 'fixed', inset: '0', zIndex: '1', background: ground });
    Object.assign(frame.style, { position: 'fixed', inset: '0', width: '100%', height: '100%', border: '0' });
    frame.style.zIndex = '0';
    // Nothing on a wall is for a keyboard to stop at.
    frame.tabIndex = -1;
    frame.src = (windowOf(this.#current) ?? window).location.href;
    document.body.append(frame);
    this.#watch(frame, this.#timers.now() + PATIENCE_MS);
  }

  #watch(frame: HTMLIFrameElement, until: number): void {
    this.#timers.after(LOOK_MS, () => {
      const page = frame.contentDocument;
      // While it is being loaded a document may have no root at all.
      const root = page?.querySelector<HTMLElement>(':root');
      if (page !== null && root?.dataset['shown'] === 'yes') {
        const isNew = isAnother(ownBuild(pageOf(this.#current)), ownBuild(page));
        if (isNew)
          this.#timers.after(SETTLE_MS, () => {
            this.#show(frame);
          });
        // The server said so too early, or a cache still has the old one.
        else this.#giveUp(frame);
      } else if (this.#timers.now() > until) this.#giveUp(frame);
      else this.#watch(frame, until);
    });
  }

  #show(frame: HTMLIFrameElement): void {
    const [gone, end] = [this.#current, this.#endCurrent];
    this.#current = frame;
    this.#endCurrent = () => undefined;
    this.#coming = undefined;
    end();
    gone.remove();
    frame.contentWindow?.focus();
    this.#goOn();
  }

  #giveUp(frame: HTMLIFrameElement): void {
    const build = this.#coming?.build;
    this.#coming = undefined;
    frame.remove();
    if (build === undefined) return;
    this.#failed.add(build);
    this.#timers.after(AGAIN_MS, () => {
      this.#failed.delete(build);
      this.#load(build);
    });
    this.#goOn();
  }

  /** With what was offered while another was on its way. */
  #goOn(): void {
    const build = this.#next ?? null;
    this.#next = undefined;
    if (isAnother(ownBuild(pageOf(this.#current)), build)) this.#load(build);
  }
}

function windowOf(page: HTMLElement): Window | null {
  return page instanceof HTMLIFrameElement ? page.contentWindow : null;
}

function pageOf(page: HTMLElement): Document {
  return (page instanceof HTMLIFrameElement ? page.contentDocument : null) ?? document;
}

function isNewBuild(data: unknown): data is NewBuildMessage {
  const { forewatch, build } = (data ?? {}) as Partial<NewBuildMessage>;
  return forewatch === 'new-build' && typeof build === 'string';
}
