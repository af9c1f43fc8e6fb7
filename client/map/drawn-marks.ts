/** Marks the moment an incident was painted, so that the way from feed to wall can be measured from outside. */

/** Marks stay in the browser's memory until cleared, and a wall runs for weeks. */
const KEPT = 2_000;
const names: string[] = [];

/** Sets `performance.mark('drawn:<id>')` once the next frame has been painted. */
export function markDrawn(id: string): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      const name = `drawn:${id}`;
      performance.mark(name);
      names.push(name);
      const oldest = names.length > KEPT ? names.shift() : undefined;
      if (oldest !== undefined && !names.includes(oldest)) performance.clearMarks(oldest);
    });
  });
}
