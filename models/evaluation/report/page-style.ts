/** How the report looks, on a screen and on paper; nothing is fetched from anywhere. */

/** Okabe & Ito (2008), which every eye tells apart; the model is the first, the naive map the second. */
export const LINE_COLOURS = [
  '#0072b2',
  '#000000',
  '#d55e00',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#8a6d00',
] as const;

export const PAGE_STYLE = `
:root { color-scheme: light; --ink: #1c2733; --faint: #5d6b7a; --line: #d5dce3; --own: #e8f1f8; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 32px 24px 64px; color: var(--ink); background: #fff;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 20px; margin: 40px 0 8px; }
h3 { font-size: 16px; margin: 0 0 4px; }
p { margin: 8px 0; max-width: 72ch; }
.faint, small, figcaption { color: var(--faint); }
.lead { font-size: 18px; }
.warning { border-left: 4px solid #d55e00; padding: 4px 12px; background: #fdf1ea; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 14px; }
th, td { padding: 6px 10px; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th { font-weight: 600; }
th:first-child { text-align: left; }
td small { display: block; font-size: 12px; white-space: nowrap; }
.text { text-align: left; max-width: 60ch; }
tr.own { background: var(--own); }
.side { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 24px; }
figure { margin: 8px 0; }
figcaption { font-size: 14px; }
svg { display: block; width: 100%; height: auto; }
svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: var(--ink); }
svg .faint { fill: var(--faint); }
.key { display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 0; margin: 8px 0; list-style: none; font-size: 14px; }
.key i { display: inline-block; width: 22px; height: 4px; margin-right: 6px; vertical-align: middle; }
.key i.box { width: 16px; height: 14px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 8px 0; }
dt { color: var(--faint); } dd { margin: 0; }
@media print { body { max-width: none; padding: 0; font-size: 12px; } h2 { break-after: avoid; } figure, tr { break-inside: avoid; } }
`;
