/** What keys open and close alike at the desk and in replay: a hexagon, the lists, the table, the filters; and where the focus goes. */
import { tick } from 'svelte';
import type { Cell } from '../../shared/cell.ts';
import { focusRows } from '../panels/openable-rows.ts';
import type { LiveView } from '../state/live-view.svelte.ts';
import type { Selection } from '../state/selection.svelte.ts';
import type { Act } from './keys.ts';

export class DeskMoves {
  /** Whether the filters are open. */
  filtering = $state(false);
  readonly #view: Pick<LiveView, 'hotspots'>;
  readonly #selection: Selection;
  /** Where the focus goes back to when the open hexagon is closed. */
  #cameFrom: Element | null = null;
  #wasOpen = false;

  constructor(view: Pick<LiveView, 'hotspots'>, selection: Selection) {
    this.#view = view;
    this.#selection = selection;
  }

  async open(cell: Cell): Promise<void> {
    if (this.#selection.cell === null) this.#cameFrom = document.activeElement;
    this.#selection.cell = cell;
    await tick();
    document.getElementById('cell-title')?.focus();
  }

  async close(): Promise<void> {
    this.#selection.cell = null;
    await tick();
    if (this.#cameFrom instanceof HTMLElement && this.#cameFrom.isConnected) this.#cameFrom.focus();
    else await this.focusList('hotspots');
  }

  /** A hexagon that is closed by its own button gives the focus back, too. */
  heedOpen(isOpen: boolean): void {
    if (this.#wasOpen && !isOpen && document.activeElement === document.body) void this.close();
    this.#wasOpen = isOpen;
  }

  /** The lists stand where the open hexagon does: it is closed for them. */
  async focusList(id: 'hotspots' | 'incidents'): Promise<void> {
    this.#selection.cell = null;
    await tick();
    focusRows(document.getElementById(id) ?? undefined, '[role="option"]');
  }

  async toggleTable(): Promise<void> {
    this.#selection.table = !this.#selection.table;
    await tick();
    if (this.#selection.table) document.querySelector<HTMLElement>('[data-table-twin] thead button')?.focus();
  }

  async toggleFilters(): Promise<void> {
    this.filtering = !this.filtering;
    await tick();
    if (this.filtering) document.querySelector<HTMLElement>('#filters :is(select, button)')?.focus();
    else document.querySelector<HTMLElement>('[data-tool="filters"]')?.focus();
  }

  /** One thing at a time, the uppermost first; `closeOwn` closes what is the view's own, and says whether there was any. */
  async leave(closeOwn: () => Promise<boolean> | undefined): Promise<void> {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement.matches('input, select')) activeElement.blur();
    else if (this.filtering) await this.toggleFilters();
    else if (this.#selection.cell !== null) await this.close();
    else if ((await closeOwn()) === true) return;
    else if (this.#selection.table) await this.toggleTable();
  }

  /** False where the act is none of these. */
  async act(what: Act): Promise<boolean> {
    switch (what) {
      case 'filters':
        await this.toggleFilters();
        break;
      case 'table':
        await this.toggleTable();
        break;
      case 'hotspots':
      case 'incidents':
        await this.focusList(what);
        break;
      case 'next-hotspot':
        await this.#openNeighbour(1);
        break;
      case 'previous-hotspot':
        await this.#openNeighbour(-1);
        break;
      case 'why': {
        const why = document.getElementById('cell-why');
        why?.scrollIntoView({ block: 'start' });
        why?.focus({ preventScroll: true });
        break;
      }
      default:
        return false;
    }
    return true;
  }

  async #openNeighbour(step: 1 | -1): Promise<void> {
    const { hotspots } = this.#view;
    const at = hotspots.findIndex(({ cell }) => cell === this.#selection.cell);
    const next = at < 0 ? (step === 1 ? 0 : hotspots.length - 1) : at + step;
    const hotspot = hotspots[Math.min(Math.max(0, next), hotspots.length - 1)];
    if (hotspot !== undefined) await this.open(hotspot.cell);
  }
}
