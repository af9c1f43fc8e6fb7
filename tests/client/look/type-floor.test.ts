/** No text can be smaller than its screen's readers need: every size of type has a floor under it. */
import { expect, it } from 'vitest';
import appCss from '../../../client/app.css?raw';

/** A size of its own would be small on some wall; a share of the text around it could be. */
const FLOORED =
  /^(?:max\(var\(--(?:smallest|body|heading|figure)\), .+\)|var\(--(?:smallest|body|heading|figure)\)|inherit|1em)$/;
/** Shown on no wall, but at an arm's length: sized by the text around, from a floor. */
const AT_A_DESK = /\/(?:SignIn|Choices|ScreenChoices|Desk|cell\/\w+)\.svelte$/;
/** Behind everything, 11 hundredths of the screen high. */
const ORNAMENT = /\/Watermark\.svelte$/;

it('every size of type in a style sheet has a floor', () => {
  const sheets = Object.entries(
    import.meta.glob<string>('../../../client/**/*.svelte', {
      query: '?raw',
      import: 'default',
      eager: true,
    }),
  ).filter(([path]) => !AT_A_DESK.test(path) && !ORNAMENT.test(path));
  sheets.push(['app.css', appCss.replace(/:root \{\n[^}]*\}/, '')]);
  const bare = sheets.flatMap(([path, source]) =>
    [...source.matchAll(/font-size: ([^;]+);/g)]
      .map(([, size = '']) => size)
      .filter((size) => !FLOORED.test(size))
      .map((size) => `${path}: ${size}`),
  );
  expect(sheets.length).toBeGreaterThan(15);
  expect(bare).toEqual([]);
});
