/** Makes the rows of a list openable by mouse and keyboard: one of them is in the tab order, arrows move among them. */
import type { Attachment } from 'svelte/attachments';

export interface Openable {
  /** Of the rows. */
  selector: string;
  /** A list's rows become options; a table's stay what they are. */
  kind: 'option' | 'row';
  open: (row: HTMLElement) => void;
  /** Of an option. */
  isOpen?: (row: HTMLElement) => boolean;
}

const STEPS: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowDown: (index, last) => Math.min(last, index + 1),
  ArrowUp: (index) => Math.max(0, index - 1),
  Home: () => 0,
  End: (_, last) => last,
};

/** For the element that holds the list; each time what `isOpen` reads changes, it is attached anew. */
export function openableRows({
  selector,
  kind,
  open,
  isOpen = () => false,
}: Openable): Attachment<HTMLElement> {
  return (holder) => {
    const rows = (): HTMLElement[] => [...holder.querySelectorAll<HTMLElement>(selector)];
    const rowOf = ({ target }: Event): HTMLElement | null =>
      target instanceof Element ? target.closest<HTMLElement>(selector) : null;

    const mark = (): void => {
      const all = rows();
      if (kind === 'option') all[0]?.parentElement?.setAttribute('role', 'listbox');
      const focusable = all.find((row) => row.tabIndex === 0 && row.isConnected) ?? all[0];
      for (const row of all) {
        if (kind === 'option') {
          row.setAttribute('role', 'option');
          row.setAttribute('aria-selected', String(isOpen(row)));
        }
        row.tabIndex = row === focusable ? 0 : -1;
      }
    };
    const focus = (row: HTMLElement | undefined): void => {
      for (const other of rows()) other.tabIndex = other === row ? 0 : -1;
      row?.focus();
    };
    const onkeydown = (event: KeyboardEvent): void => {
      const row = rowOf(event);
      if (row === null || event.altKey || event.ctrlKey || event.metaKey) return;
      const step = Object.hasOwn(STEPS, event.key) ? STEPS[event.key] : undefined;
      if (step !== undefined) {
        const all = rows();
        focus(all[step(all.indexOf(row), all.length - 1)]);
      } else if (event.key === 'Enter' || event.key === ' ') open(row);
      else return;
      event.preventDefault();
    };
    const onclick = (event: MouseEvent): void => {
      const row = rowOf(event);
      if (row === null) return;
      focus(row);
      open(row);
    };

    mark();
    const changes = new MutationObserver(mark);
    changes.observe(holder, { childList: true, subtree: true });
    holder.addEventListener('keydown', onkeydown);
    holder.addEventListener('click', onclick);
    return () => {
      changes.disconnect();
      holder.removeEventListener('keydown', onkeydown);
      holder.removeEventListener('click', onclick);
    };
  };
}

/** Moves the focus to the row that is in the tab order, if there is any row. */
export function focusRows(holder: HTMLElement | undefined, selector: string): void {
  holder?.querySelector<HTMLElement>(`${selector}[tabindex="0"]`)?.focus();
}
