/** The keys: each does one thing, each is told of, and none is taken from who is typing. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cy } from '../../../client/i18n/cy.ts';
import { en } from '../../../client/i18n/en.ts';
import { actOf, keyName, MOVES, SHORTCUTS, shortcutsOf } from '../../../client/views/keys.ts';

/** As much of an element as keys ask for. */
class FakeElement {
  readonly #isField: boolean;
  constructor(isField: boolean) {
    this.#isField = isField;
  }
  closest(): FakeElement | null {
    return this.#isField ? this : null;
  }
}

beforeEach(() => {
  vi.stubGlobal('Element', FakeElement);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const pressed = (key: string, change: object = {}) => ({
  key,
  ...{ ctrlKey: false, metaKey: false, altKey: false },
  target: new FakeElement(false) as unknown as Element,
  ...change,
});

describe('shortcuts', () => {
  it('do not collide, and each act has one key', () => {
    expect(new Set(SHORTCUTS.map(({ key }) => key)).size).toBe(SHORTCUTS.length);
    expect(new Set(SHORTCUTS.map(({ act }) => act)).size).toBe(SHORTCUTS.length);
  });

  it.each([en, cy])('are each told of in words of their own, and nothing else is ($locale)', (words) => {
    const acts = SHORTCUTS.map(({ act }) => words.shortcuts[act]);
    expect(acts.every((said) => said.length > 3)).toBe(true);
    expect(new Set(acts).size).toBe(SHORTCUTS.length);
    expect(Object.keys(words.shortcuts).sort()).toEqual(SHORTCUTS.map(({ act }) => act).sort());
    expect(Object.keys(words.moves).sort()).toEqual(MOVES.map(({ move }) => move).sort());
  });

  it.each(shortcutsOf('desk').map(({ key, act }) => [keyName(key), key, act] as const))(
    '%s is heard on the desk',
    (_name, key, act) => {
      expect(actOf(pressed(key), 'desk')).toBe(act);
      expect(actOf(pressed(key.length === 1 ? key.toUpperCase() : key), 'desk')).toBe(act);
    },
  );

  it('of the desk do nothing on a wall', () => {
    expect(actOf(pressed('/'), 'wall')).toBeUndefined();
    expect(actOf(pressed('t'), 'wall')).toBe('next-theme');
  });

  it('are not taken from the browser, nor from who types; but Escape leaves a field', () => {
    expect(actOf(pressed('t', { ctrlKey: true }), 'desk')).toBeUndefined();
    expect(actOf(pressed('f', { metaKey: true }), 'desk')).toBeUndefined();
    const field = { target: new FakeElement(true) as unknown as Element };
    for (const { key } of SHORTCUTS) {
      expect(actOf(pressed(key, field), 'desk')).toBe(key === 'Escape' ? 'leave' : undefined);
    }
    expect(actOf(pressed('constructor'), 'desk')).toBeUndefined();
  });
});
