const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text of others, for an element or a quoted attribute; what no XML may hold is left out. */
export const escaped = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
  text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replaceAll(/[&<>"']/g, (c) => entities[c] ?? "");

export const shortened = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;

/** bit/s in words. */
export function rate(bitrate: number): string {
  if (bitrate >= 1e6) return `${(bitrate / 1e6).toFixed(1)} Mbit/s`;
  return `${bitrate >= 10_000 ? Math.round(bitrate / 1000) : (bitrate / 1000).toFixed(1)} kbit/s`;
}

export const share = (value: number): string => `${(value * 100).toFixed(value < 0.1 ? 1 : 0)} %`;

const style = `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #5d6b7c; --card: #fff; --page: #f3f5f8; --line: #d5dce4; --bad: #b3261e }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8edf3; --soft: #9aa8b8; --card: #1c2530; --page: #11171e; --line: #33404e; --bad: #ff8a80 }
}
body { margin: 0 auto; max-width: 1180px; padding: 24px; font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--page) }
h1 { font-size: 22px; margin: 0 0 2px } p { margin: 0 0 16px; color: var(--soft) } a { color: inherit }
svg { display: block; width: 100%; height: auto } svg text { fill: var(--ink) } svg .soft { fill: var(--soft) }
svg .card { fill: var(--card); stroke: var(--line) } svg .bad { fill: var(--bad) } svg .none { fill: var(--line) }
.wide { overflow-x: auto } .wide > svg { min-width: 860px }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 14px; margin: 28px 0 0; font-size: 13px; color: var(--soft) }
dd { margin: 0 } dt { min-width: 36px; align-self: center }
table { border-collapse: collapse; width: 100%; background: var(--card) } th, td { text-align: left; padding: 6px 10px; border: 1px solid var(--line) }
.number { text-align: right; font-variant-numeric: tabular-nums }`;

/** A page that shows itself anew every two seconds, and needs nothing from anywhere. `body`: HTML. */
export const pageOf = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta http-equiv="refresh" content="2"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${style}</style></head>
<body>${body}</body>
</html>
`;
