/** Sizes the type of a screen: on a wall by its seats, and never below what can be read there. */
import { typeSizes, type TypeSizes } from './wall-type.ts';
import { wallScreen } from './wall-screen.ts';

/** At a desk type is sized with the screen; a line of it is never smaller than this. */
const DESK: TypeSizes = { smallest: 12, body: 12, heading: 12, figure: 12 };

/** A screen that holds fewer lines of its smallest type has no room for all that a nearer one shows. */
const LINES_WITH_ROOM = 34;
const LINE_HEIGHT = 1.2;

let inForce = $state.raw<TypeSizes>(DESK);
let isTight = $state(false);

/** How much the screen has room for; in a template it follows the window. */
export const room = {
  get isTight(): boolean {
    return isTight;
  },
};

/** A size of text, or the smallest that can be read from the farthest seat if that is larger. In CSS pixels, for canvases. */
export function readable(pixels: number): number {
  return Math.max(pixels, inForce.smallest);
}

/** Before anything is shown, and whenever the window changes. */
export function startType(view: 'wall' | 'desk'): void {
  const size = (): void => {
    const pixels = { width: innerWidth, ratio: devicePixelRatio };
    inForce = view === 'wall' ? typeSizes(wallScreen(location.search, pixels)) : DESK;
    isTight = view === 'wall' && innerHeight < LINES_WITH_ROOM * LINE_HEIGHT * inForce.smallest;
    document.documentElement.dataset['room'] = isTight ? 'tight' : 'ample';
    for (const [name, value] of Object.entries(inForce)) {
      document.documentElement.style.setProperty(`--${name}`, `${String(value)}px`);
    }
  };
  size();
  addEventListener('resize', size);
}
