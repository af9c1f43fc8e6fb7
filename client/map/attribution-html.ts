/** Attributions come with map data from elsewhere, as HTML: text and links are kept, and nothing that could act. */

/** The HTML to show: of its tags only links to the web are left. */
export function attributionHtml(html: string): string {
  return html
    .split(/(<\/?[a-z][^>]*>)/i)
    .map((part, index) => (index % 2 === 1 ? linkOf(part) : escaped(part)))
    .join('');
}

function linkOf(tag: string): string {
  if (/^<\/a\s*>$/i.test(tag)) return '</a>';
  const [, , address] = /^<a\s[^>]*?\bhref=(["']?)(https?:\/\/[^"'\s>]+)\1/i.exec(tag) ?? [];
  return address === undefined ? '' : `<a href="${escaped(address)}">`;
}

/** Entities stay: `&copy;` is how most attributions begin. */
function escaped(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
