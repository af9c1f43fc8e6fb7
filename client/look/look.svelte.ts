/** The look in force, day or night; reading it in a template, an effect or a drawing that follows the look is enough. */

export const LOOKS = ['day', 'night'] as const;
export type Look = (typeof LOOKS)[number];

let inForce = $state<Look>('night');

export const look = {
  get current(): Look {
    return inForce;
  },
};

export function setLook(next: Look): void {
  inForce = next;
}
