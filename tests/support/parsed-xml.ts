/** Reads XML strictly, for tests of what is written: no more of the language than documents of ours have. */
export interface ParsedElement {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: ParsedElement[];
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Throws on whatever is not well-formed. */
export function parsedXml(document: string): ParsedElement {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(declaration)) throw new Error('there is no XML declaration');
  const top: ParsedElement = { name: '', attributes: {}, text: '', children: [] };
  const open = [top];
  const token = /<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
  token.lastIndex = declaration.length;
  while (token.lastIndex < document.length) {
    const from = token.lastIndex;
    const match = token.exec(document);
    if (match === null) throw new Error(`not well-formed at ${from}: ${document.slice(from, from + 40)}`);
    const [, closing, name = '', attributes = '', empty, text] = match;
    const parent = open.at(-1) ?? top;
    if (text !== undefined) parent.text += unescaped(text);
    else if (closing === '/') {
      if (open.pop()?.name !== name || attributes !== '')
        throw new Error(`</${name}> closes another element`);
    } else {
      const child: ParsedElement = { name, attributes: attributesIn(attributes), text: '', children: [] };
      parent.children.push(child);
      if (empty !== '/') open.push(child);
    }
  }
  const [root, ...more] = top.children;
  if (open.length !== 1 || root === undefined || more.length > 0 || top.text.trim() !== '')
    throw new Error('there must be one whole root element');
  return root;
}

function attributesIn(text: string): Record<string, string> {
  const listed = [...text.matchAll(/([\w:.-]+)="([^"]*)"/g)];
  return Object.fromEntries(listed.map(([, name = '', value = '']) => [name, unescaped(value)]));
}

function unescaped(text: string): string {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text) || !text.isWellFormed())
    throw new Error('a character that XML 1.0 cannot hold');
  return text.replaceAll(/&([^;]*);?/g, (whole, name: string) => {
    const code = /^#(\d+)$/.exec(name)?.[1];
    const character = code === undefined ? ENTITIES[name] : String.fromCodePoint(Number(code));
    if (character === undefined || !whole.endsWith(';')) throw new Error(`${whole} is no entity`);
    return character;
  });
}

/** The text of the children of that name. */
export function textsOf(parent: ParsedElement, name: string): string[] {
  return parent.children.filter((child) => child.name === name).map(({ text }) => text);
}
