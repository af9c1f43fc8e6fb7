/** The code of each view, loaded only where that view is shown: a wall has no use for the desk's dialogs. */
import type { Component } from 'svelte';
import type { Session } from '../connection/session.ts';
import type { LiveView } from '../state/live-view.svelte.ts';
import type { Selection } from '../state/selection.svelte.ts';

interface OfRoom {
  view: LiveView;
  selection: Selection;
}
interface OfReader {
  session: Session;
  onleave: () => void;
}

export type ViewCode =
  | { name: 'wall'; View: Component<OfRoom> }
  | { name: 'desk'; View: Component<OfRoom & OfReader & { onreplay: () => void }> }
  | { name: 'handover'; View: Component<OfReader> }
  | { name: 'partner'; View: Component<OfReader> };

/** Throws where the server does not answer, or has another build that has no such file. */
export async function loadView(name: ViewCode['name']): Promise<ViewCode> {
  switch (name) {
    case 'wall':
      return { name, View: (await import('./Wall.svelte')).default };
    case 'desk':
      return { name, View: (await import('./Desk.svelte')).default };
    case 'handover':
      return { name, View: (await import('./Handover.svelte')).default };
    case 'partner':
      return { name, View: (await import('./Partner.svelte')).default };
  }
}
