/** Counts what went wrong on this page and was caught by nobody: a screen that nobody sits at must say so itself. */

let counted = $state(0);

export const faults = {
  get count(): number {
    return counted;
  },
};

/** Says it in the browser's log too. */
export function noteFault(error: unknown): void {
  counted += 1;
  console.error(error);
}

/** From now on counts uncaught errors, and promises whose failure nobody took. */
export function countFaults(page: Pick<Window, 'addEventListener'>): void {
  page.addEventListener('error', ({ error, message }) => {
    // Chrome's note that a size changed twice in one frame is no fault.
    if (!message.startsWith('ResizeObserver loop')) noteFault(error ?? message);
  });
  page.addEventListener('unhandledrejection', ({ reason }) => {
    noteFault(reason);
  });
}
