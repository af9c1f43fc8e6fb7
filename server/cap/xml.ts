/** Writes XML: text that cannot end its element, whatever it says. */

/** An element: its name, and its text or its children in order; what is undefined is left out. */
export type XmlChild = XmlElement | undefined;
export interface XmlElement {
  name: string;
  attributes?: Readonly<Record<string, string>>;
  content: string | readonly XmlChild[];
}

export function element(
  name: string,
  content: XmlElement['content'],
  attributes?: Readonly<Record<string, string>>,
): XmlElement {
  return { name, content, ...(attributes && { attributes }) };
}

/** UTF-8 without a byte order mark; names are ours, so only text and attributes are escaped. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}\n`;
}

function written({ name, attributes = {}, content }: XmlElement, indent: string): string {
  const listed = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const open = `${indent}<${name}${listed.join('')}`;
  if (typeof content === 'string') return `${open}>${escapeXml(content)}</${name}>`;
  const children = content.filter((child) => child !== undefined);
  if (children.length === 0) return `${open}/>`;
  return [`${open}>`, ...children.map((child) => written(child, `${indent}  `)), `${indent}</${name}>`].join(
    '\n',
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' },
  // A parser would make spaces of these in attributes, and a line feed of a carriage return anywhere.
  ...{ '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' },
};

/** Characters that XML 1.0 has no way to write (section 2.2) become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/[&<>"'\t\n\r]/g, (character) => ENTITIES[character] ?? character);
}
