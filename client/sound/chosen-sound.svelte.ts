/** Whether this desk wants to hear alerts, as tones or as speech: neither unless somebody asked, and then next time as well. */

export const SOUNDS = ['tone', 'speech'] as const;
export type Sound = (typeof SOUNDS)[number];

const REMEMBERED_AS = 'forewatch.alert-sound';

function remembered(): Record<Sound, boolean> {
  const kept = localStorage.getItem(REMEMBERED_AS)?.split(' ') ?? [];
  return { tone: kept.includes('tone'), speech: kept.includes('speech') };
}

class ChosenSound {
  #chosen = $state<Record<Sound, boolean>>(remembered());
  /** Whether the browser holds sound back until somebody presses a key in the page. */
  isBlocked = $state(false);

  is(sound: Sound): boolean {
    return this.#chosen[sound];
  }

  toggle(sound: Sound): void {
    this.#chosen[sound] = !this.#chosen[sound];
    localStorage.setItem(REMEMBERED_AS, SOUNDS.filter((one) => this.#chosen[one]).join(' '));
  }
}

export const chosenSound = new ChosenSound();
