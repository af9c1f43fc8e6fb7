/** What of an attribution reaches the page. */
import { expect, test } from 'vitest';
import { attributionHtml } from '../../../client/map/attribution-html.ts';

test('text, entities and links to the web', () => {
  const html = '&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors';
  expect(attributionHtml(html)).toBe(html);
  expect(attributionHtml("<a target='_blank' href='https://protomaps.com'>Protomaps</a>")).toBe(
    '<a href="https://protomaps.com">Protomaps</a>',
  );
});

test.each([
  ['<img src=x onerror=alert(1)>', ''],
  ['<script>alert(1)</script>', 'alert(1)'],
  ['<a href="javascript:alert(1)">Map</a>', 'Map</a>'],
  ['<a href="https://map.example" onclick="alert(1)">Map</a>', '<a href="https://map.example">Map</a>'],
  ['<a href="https://map.example/"onclick="alert(1)">Map</a>', '<a href="https://map.example/">Map</a>'],
  ['<b>Map</b> < 2 > 1', 'Map &lt; 2 &gt; 1'],
  ['<img src=x onerror=alert(1) ', '&lt;img src=x onerror=alert(1) '],
])('nothing that could act: %s', (html, shown) => {
  expect(attributionHtml(html)).toBe(shown);
});
