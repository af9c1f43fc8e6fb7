/** What the benchmarks run inside the page, as text: the server's types know no browser. */

/** Notes how long whoever asks every `askedMs` has to wait for the main thread, and each task of 50 ms and more. */
export function watchWaits(askedMs: number): string {
  return `(() => {
    window.waits = [];
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(duration);
    }).observe({ type: 'longtask' });
    let due = performance.now() + ${askedMs};
    const ask = () => {
      // Who had asked while it was blocked would have waited, too: a long block counts for as many as it kept waiting.
      for (let wait = Math.max(0, performance.now() - due); wait >= 0; wait -= ${askedMs}) window.waits.push(wait);
      due = performance.now() + ${askedMs};
      setTimeout(ask, ${askedMs});
    };
    setTimeout(ask, ${askedMs});
  })()`;
}

export interface Waits {
  waits: number[];
  longTasks: number[];
}
export const WAITS = '({ waits: window.waits, longTasks: window.longTasks })';

/** Notes when each frame begins. */
export const WATCH_FRAMES = `(() => {
  window.frames_ = [];
  const count = (at) => {
    window.frames_.push(at);
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
})()`;
export const FRAMES = 'window.frames_';

/** Live, and the heat of what happened is painted. */
export const IS_PICTURE_SHOWN = `(() => {
  if (document.querySelector('[data-connection="live"]') === null) return false;
  const canvas = document.querySelector('canvas[data-layer="heat"]');
  if (canvas === null || canvas.width === 0) return false;
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i] > 0) return true;
  return false;
})()`;
