/** The texts that a page really shows, how large, and where they run into or out of something. */
import type { Page } from '@playwright/test';

export interface ShownText {
  text: string;
  /** Of the element it stands in, in small letters. */
  tag: string;
  /** Size of type in CSS pixels. */
  pixels: number;
}

/** Every text node of which something lies in the view, and that is not there for screen readers alone. */
export function visibleText(page: Page): Promise<ShownText[]> {
  return page.evaluate(() =>
    window.shownTextNodes().map(({ text, element }) => ({
      text,
      tag: element.closest('h1, h2')?.tagName.toLowerCase() ?? element.tagName.toLowerCase(),
      pixels: Number.parseFloat(getComputedStyle(element).fontSize),
    })),
  );
}

/** What is cut by an edge without saying so with an ellipsis, and what lies over another text. */
export function textFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const SLACK_PIXELS = 2;
    const shown = window.shownTextNodes();
    const faults: string[] = [];
    for (const { text, element, box } of shown) {
      for (let above: Element | null = element; above !== null; above = above.parentElement) {
        const style = getComputedStyle(above);
        const edge =
          above === document.documentElement
            ? new DOMRect(0, 0, innerWidth, innerHeight)
            : above.getBoundingClientRect();
        const clips =
          above === document.documentElement ||
          style.overflowX !== 'visible' ||
          style.overflowY !== 'visible';
        if (!clips) continue;
        const isMarked = style.textOverflow === 'ellipsis' && style.overflowX === 'hidden';
        const isWide = box.right > edge.right + SLACK_PIXELS || box.left < edge.left - SLACK_PIXELS;
        // A line box is higher than its letters.
        const slack = Math.max(SLACK_PIXELS, 0.3 * Number.parseFloat(getComputedStyle(element).fontSize));
        const isHigh = box.bottom > edge.bottom + slack || box.top < edge.top - slack;
        if ((isWide && !isMarked) || isHigh)
          faults.push(`"${text}" is cut by <${above.tagName.toLowerCase()} class="${above.className}">`);
        if (isMarked) break;
      }
    }
    for (const [index, one] of shown.entries()) {
      for (const other of shown.slice(index + 1)) {
        if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
        const across = Math.min(one.seen.right, other.seen.right) - Math.max(one.seen.left, other.seen.left);
        const along = Math.min(one.seen.bottom, other.seen.bottom) - Math.max(one.seen.top, other.seen.top);
        const high = Math.min(one.seen.height, other.seen.height);
        if (across > SLACK_PIXELS && along > 0.35 * high)
          faults.push(`"${one.text}" lies over "${other.text}"`);
      }
    }
    return faults;
  });
}

/** What is written on canvases: recorded as it is drawn. */
export const drawnText = {
  /** To run in the page before anything else does; it also finds the page's text nodes for the functions above. */
  record: (): void => {
    const drawn: { text: string; pixels: number }[] = [];
    const { prototype } = CanvasRenderingContext2D;
    const original = { ...Object.getOwnPropertyDescriptors(prototype) }.fillText.value;
    prototype.fillText = function (text, x, y, most): void {
      const scale = this.getTransform().a / devicePixelRatio;
      drawn.push({ text, pixels: scale * Number.parseFloat(/([\d.]+)px/.exec(this.font)?.[1] ?? '0') });
      if (most === undefined) original?.call(this, text, x, y);
      else original?.call(this, text, x, y, most);
    };
    window.drawnTexts = drawn;
    window.shownTextNodes = () => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: { text: string; element: Element; box: DOMRect; seen: DOMRect }[] = [];
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const element = node.parentElement;
        const text = node.textContent?.trim() ?? '';
        if (element === null || text === '' || element.closest('script, style, .watermark, [data-ornament]'))
          continue;
        if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        // What an ancestor hides whole, such as rows for which a list has no room, is not shown.
        let left = Math.max(box.left, 0);
        let top = Math.max(box.top, 0);
        let right = Math.min(box.right, innerWidth);
        let bottom = Math.min(box.bottom, innerHeight);
        for (let above: Element | null = element; above !== null; above = above.parentElement) {
          if (
            getComputedStyle(above).overflowX === 'visible' &&
            getComputedStyle(above).overflowY === 'visible'
          )
            continue;
          const edge = above.getBoundingClientRect();
          left = Math.max(left, edge.left);
          top = Math.max(top, edge.top);
          right = Math.min(right, edge.right);
          bottom = Math.min(bottom, edge.bottom);
        }
        if (right - left > 1 && bottom - top > 2)
          found.push({ text, element, box, seen: new DOMRect(left, top, right - left, bottom - top) });
      }
      return found;
    };
  },

  read: (page: Page): Promise<{ text: string; pixels: number }[]> => page.evaluate(() => window.drawnTexts),
};

declare global {
  interface Window {
    drawnTexts: { text: string; pixels: number }[];
    shownTextNodes: () => { text: string; element: Element; box: DOMRect; seen: DOMRect }[];
  }
}
