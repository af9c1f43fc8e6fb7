/** A screen's views take turns at the pace that is set. */
import { beforeEach, describe, expect, it } from 'vitest';
import { ShownDisplay } from '../../../client/state/shown-display.svelte.ts';
import { VirtualTimers } from '../virtual-timers.ts';

const THREE = {
  views: [{ role: 'force' as const }, { role: 'alerts' as const }, { role: 'scorecard' as const }],
  everySeconds: 10,
};

describe('a display', () => {
  let timers: VirtualTimers;
  beforeEach(() => {
    timers = new VirtualTimers();
  });

  const rolesOver = (shown: ShownDisplay, times: number, ms: number): string[] =>
    Array.from({ length: times }, () => {
      const { role } = shown.view;
      timers.pass(ms);
      return role;
    });

  it('shows each view for as long as is set, and begins again', () => {
    const shown = new ShownDisplay(THREE, timers);
    expect(rolesOver(shown, 4, 10_000)).toEqual(['force', 'alerts', 'scorecard', 'force']);
  });

  it('stays half a minute where no pace is set', () => {
    const shown = new ShownDisplay({ views: THREE.views }, timers);
    timers.pass(29_999);
    expect(shown.view.role).toBe('force');
    timers.pass(1);
    expect(shown.view.role).toBe('alerts');
  });

  it('waits for nothing where there is one view', () => {
    const shown = new ShownDisplay({ views: [{ role: 'alerts' }] }, timers);
    expect([shown.view.role, timers.pending]).toEqual(['alerts', 0]);
  });

  it('goes on as it is while the setting stays the same, and begins with the first view of another', () => {
    const shown = new ShownDisplay(THREE, timers);
    timers.pass(12_000);
    shown.show(structuredClone(THREE));
    expect(shown.view.role).toBe('alerts');
    timers.pass(8_000);
    expect(shown.view.role).toBe('scorecard');
    shown.show({ views: [{ role: 'national' }, { role: 'force' }], everySeconds: 5 });
    expect(rolesOver(shown, 2, 5_000)).toEqual(['national', 'force']);
  });

  it('leaves no timer behind', () => {
    const shown = new ShownDisplay(THREE, timers);
    for (let round = 0; round < 20; round++) {
      shown.show({ ...THREE, everySeconds: 5 + (round % 7) });
      timers.pass(7_000);
    }
    expect(timers.pending).toBe(1);
    shown.stop();
    expect(timers.pending).toBe(0);
  });
});
