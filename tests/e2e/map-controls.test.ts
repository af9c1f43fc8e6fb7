/** What Leaflet puts on the map looks as the rest of the screen does, whichever style sheet a page reads first. */
import { openDesk } from './desk-page.ts';
import { expect, test } from './real-server.ts';

/** Leaflet's own are 26 or 30 pixels, and white. */
const BUTTON_UNITS = 4.4;

for (const look of ['night', 'day'] as const) {
  test(`the map's own controls have the size and the colours of the desk by ${look}`, async ({
    forewatch,
    page,
  }) => {
    await openDesk(page, forewatch, `?look=${look}`);
    await page.locator('.leaflet-control-zoom-in').waitFor();
    const { unit, buttons, colours, wanted } = await page.evaluate(() => {
      const style = (selector: string): CSSStyleDeclaration =>
        getComputedStyle(document.querySelector(selector)!);
      // What the variables are in this look, as a browser writes it.
      const resolved = (property: 'color' | 'background-color', value: string): string => {
        const probe = document.createElement('i');
        probe.style.setProperty(property, value);
        document.body.append(probe);
        const found = getComputedStyle(probe).getPropertyValue(property);
        probe.remove();
        return found;
      };
      const attribution = style('.leaflet-control-attribution');
      const zoom = style('.leaflet-control-zoom-in');
      return {
        unit: parseFloat(getComputedStyle(document.documentElement).fontSize),
        buttons: [...document.querySelectorAll('.leaflet-bar a')].map((button) => {
          const { width, height } = button.getBoundingClientRect();
          return { width, height };
        }),
        colours: [attribution.color, attribution.backgroundColor, zoom.color, zoom.backgroundColor],
        wanted: [
          resolved('color', 'var(--ink-faint)'),
          resolved('background-color', 'color-mix(in srgb, var(--ground) 75%, transparent)'),
          resolved('color', 'var(--ink)'),
          resolved('background-color', 'var(--raised)'),
        ],
      };
    });
    expect(buttons).toHaveLength(2);
    for (const { width, height } of buttons) {
      expect(width).toBeCloseTo(BUTTON_UNITS * unit, 0);
      expect(height).toBeCloseTo(BUTTON_UNITS * unit, 0);
    }
    expect(colours).toEqual(wanted);
  });
}
