/** Whatever a reader sees or hears comes from the words: no template says anything by itself. */
import { parse } from 'svelte/compiler';
import { expect, it } from 'vitest';

/** Attributes that are shown or read out. */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'alt',
  'placeholder',
  'title',
  'label',
]);
/** Two letters together are a word; signs and single letters are not. */
const WORD = /\p{L}{2}/u;

type Node = Readonly<Record<string, unknown>> & { type: string };

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
  );
}

function said(node: Node): string[] {
  if (node.type === 'Text') return [String(node['data'])];
  if (node.type === 'Attribute') {
    return SPOKEN.has(String(node['name'])) ? inner(node['value']) : [];
  }
  if (node.type === 'StyleDirective') return [];
  // What stands on a key is the same in any language.
  if (node.type === 'RegularElement' && node['name'] === 'kbd') return [];
  // What an expression puts on the page, written in the template itself.
  if (node.type === 'ExpressionTag') return literals(node['expression']);
  return Object.values(node).flatMap(inner);
}

function inner(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(inner);
  return isNode(value) ? said(value) : [];
}

/** Texts of an expression that may be shown: not those that something is compared with, looked up by, or called with. */
function literals(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(literals);
  if (!isNode(value)) return [];
  switch (value.type) {
    case 'Literal':
      return typeof value['value'] === 'string' ? [value['value']] : [];
    case 'TemplateLiteral':
      return (value['quasis'] as { value: { raw: string } }[]).map((part) => part.value.raw);
    case 'ConditionalExpression':
      return [...literals(value['consequent']), ...literals(value['alternate'])];
    case 'LogicalExpression':
      return [...literals(value['left']), ...literals(value['right'])];
    case 'BinaryExpression':
      return value['operator'] === '+' ? [...literals(value['left']), ...literals(value['right'])] : [];
    case 'ExpressionTag':
      return literals(value['expression']);
    default:
      return [];
  }
}

function literalTexts(source: string): string[] {
  const { fragment } = parse(source, { modern: true });
  return inner(fragment).filter((text) => WORD.test(text));
}

it('finds what a template says by itself', () => {
  const source = `<script lang="ts">const x = 'not shown';</script>
    <p class="some class" title="A tip" data-x="none">{x === 'same' ? 'Yes' : words.no} Now {words.of('x')} 5 m</p>
    <input placeholder={\`Find \${x}\`} /> × {'a' + words.b}`;
  expect(literalTexts(source).map((text) => text.trim())).toEqual(['A tip', 'Yes', 'Now', 'Find']);
});

it('no component says anything by itself', () => {
  const components = Object.entries(
    import.meta.glob<string>('../../../client/**/*.svelte', {
      query: '?raw',
      import: 'default',
      eager: true,
    }),
  );
  expect(components.length).toBeGreaterThan(20);
  const found = components.flatMap(([path, source]) =>
    literalTexts(source).map((text) => `${path}: ${text.trim()}`),
  );
  expect(found).toEqual([]);
});
