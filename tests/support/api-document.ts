/** Reads API.md as tests need it: its labelled examples, and the routes that it names. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const API_DOCUMENT = readFileSync(resolve(import.meta.dirname, '../../API.md'), 'utf8');

export interface Example {
  /** The heading above it, without its marks. */
  heading: string;
  value: unknown;
}

/** The fenced JSON examples that are labelled so: `json answer`, `json request incident`. */
export function examplesOf(label: string): Example[] {
  let heading = '';
  const found: Example[] = [];
  for (const [, title, labels, json] of API_DOCUMENT.matchAll(
    /^#+ (.+)$|^```json ?(.*)\n([\s\S]*?)^```$/gm,
  )) {
    if (title !== undefined) heading = title.replaceAll('`', '');
    else if (labels?.split(' ').includes(label) === true)
      found.push({ heading, value: JSON.parse(json ?? '') });
  }
  return found;
}

/** `GET /api/feeds` and the like, each once, wherever they stand in code marks. */
export function routesNamed(): string[] {
  const named = API_DOCUMENT.matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) \/[^\s`?]*)/g);
  return [...new Set([...named].map(([, route]) => route ?? ''))].sort();
}

/** What a value is made of, whatever it says: the fields of objects, and of an array its first element. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    const first: unknown = value[0];
    return typeof first === 'object' && first !== null ? [shapeOf(first)] : 'list';
  }
  if (typeof value !== 'object' || value === null) return 'value';
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, own]) => [name, shapeOf(own)]),
  );
}
