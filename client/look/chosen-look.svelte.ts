/** Day, night, or whichever fits: what a screen starts with, what the reader chooses, and what follows from it. */
import { keepInAddress, settingIn } from '../screen-settings.ts';
import { browserTimers } from '../timers.ts';
import { LOOKS, setLook, type Look } from './look.svelte.ts';
import { lookAtHour, roomHour } from './room-hour.ts';

export const LOOK_CHOICES = [...LOOKS, 'auto'] as const;
export type LookChoice = (typeof LOOK_CHOICES)[number];

const REMEMBERED_AS = 'forewatch.look';
const HOUR_CHECKED_EACH_MS = 60_000;

let choice = $state<LookChoice>('auto');
let stopFollowing = (): void => undefined;
let screen: 'wall' | 'desk' = 'desk';

export const lookChoice = {
  get current(): LookChoice {
    return choice;
  },
};

/**
 * What the address asks for (`?look=day`), else what was chosen last time; else a desk goes by what its reader
 * prefers everywhere, and a wall is dark, as control rooms are.
 */
export function startingLook(query: string, remembered: string | null, view: 'wall' | 'desk'): LookChoice {
  const known = (name: string | null): LookChoice | undefined => LOOK_CHOICES.find((one) => one === name);
  return known(settingIn(query, 'look')) ?? known(remembered) ?? (view === 'wall' ? 'night' : 'auto');
}

/** Before anything is shown, so that no screen flashes in another look first. */
export function startLook(view: 'wall' | 'desk'): void {
  screen = view;
  follow(startingLook(location.search, localStorage.getItem(REMEMBERED_AS), view));
}

/** What a screen is set to from elsewhere: in force at once, and not remembered here. */
export function showLook(next: LookChoice): void {
  if (next !== choice) follow(next);
}

/** The reader's choice: in force at once, in the address, and next time. */
export function chooseLook(next: LookChoice): void {
  follow(next);
  localStorage.setItem(REMEMBERED_AS, next);
  keepInAddress('look', next);
}

/** From one to the next. */
export function nextLook(): void {
  chooseLook(LOOK_CHOICES[(LOOK_CHOICES.indexOf(choice) + 1) % LOOK_CHOICES.length] ?? 'auto');
}

function follow(next: LookChoice): void {
  stopFollowing();
  choice = next;
  if (next !== 'auto') {
    stopFollowing = (): void => undefined;
    show(next);
  } else {
    stopFollowing = screen === 'wall' ? followHours() : followPreference();
  }
}

/** A wall has no reader with a preference: its room has daylight or not. */
function followHours(): () => void {
  show(lookAtHour(roomHour()));
  let cancel = (): void => undefined;
  const again = (): void => {
    cancel = browserTimers.after(HOUR_CHECKED_EACH_MS, () => {
      show(lookAtHour(roomHour()));
      again();
    });
  };
  again();
  return () => {
    cancel();
  };
}

function followPreference(): () => void {
  const light = matchMedia('(prefers-color-scheme: light)');
  const changed = (): void => {
    show(light.matches ? 'day' : 'night');
  };
  changed();
  light.addEventListener('change', changed);
  return () => {
    light.removeEventListener('change', changed);
  };
}

function show(look: Look): void {
  setLook(look);
  document.documentElement.dataset['look'] = look;
}
