import type { ProgrammeOrder } from "@raadhuis/protocol";
import { HEIGHT, WIDTH } from "./picture.ts";
import { textAt, widthOf, wrap } from "./raster.ts";
import { type Locale, roleText, type SlateKind, slateText } from "./texts.ts";

type Person = ProgrammeOrder["people"][string];
type Item = ProgrammeOrder["item"];

const INK = "#0d2840";
const PANEL = "#163a5a";
const ACCENT = "#f2b84b";
const PAPER = "#ffffff";
const SOFT = "#c9d6e2";
const MARGIN = 96;

const svg = (width: number, height: number, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${INK}"/>${content}</svg>`;

/** Lines of text under each other; `y`: baseline of the first. */
const lines = (x: number, y: number, size: number, weight: 400 | 600, fill: string, texts: string[]): string =>
  texts.map((text, index) => textAt(x, y + index * Math.round(size * 1.25), size, weight, fill, text)).join("");

const roof = (x: number, y: number): string =>
  `<g transform="translate(${x} ${y})" fill="${ACCENT}"><path d="M0 16 24 0l24 16v4H0z"/><path d="M4 24h6v18H4zm11 0h6v18h-6zm12 0h6v18h-6zm11 0h6v18h-6z"/><path d="M0 46h48v4H0z"/></g>`;

export interface SlateWords {
  locale: Locale;
  kind: SlateKind;
  /** The body's own words in place of the house's hint. */
  text: string | null;
  body: string;
  title: string;
  startsAt: number;
}

/** The still picture the public sees when there is nothing to see. */
export function slate(words: SlateWords): string {
  const { matter, hint } = slateText(words.locale, words.kind, words.startsAt);
  const room = WIDTH - 2 * MARGIN;
  const title = wrap(words.title, 32, 400, room, 2);
  const state = wrap(matter, 60, 600, room, 2);
  const more = wrap(words.text ?? hint, 30, 400, room, 3);
  const top = 330 - (state.length - 1) * 38;
  const below = top + state.length * 75;
  return svg(
    WIDTH,
    HEIGHT,
    `<rect x="0" y="${HEIGHT - 132}" width="${WIDTH}" height="132" fill="${PANEL}"/>
     <rect x="0" y="${HEIGHT - 132}" width="${WIDTH}" height="4" fill="${ACCENT}"/>
     ${roof(MARGIN, 76)}
     ${lines(MARGIN + 68, 114, 34, 600, PAPER, wrap(words.body, 34, 600, room - 68, 1))}
     ${lines(MARGIN, top, 60, 600, PAPER, state)}
     ${lines(MARGIN, below, 30, 400, SOFT, more)}
     ${lines(MARGIN, HEIGHT - (title.length > 1 ? 76 : 55), 32, 400, PAPER, title)}`,
  );
}

/** In place of a camera that is off: calm, with the name. `width` and `height` even. */
export function card(locale: Locale, person: Person | null, width: number, height: number): string {
  const name = person?.name ?? "";
  const size = Math.round(height / 13);
  const initials = [...name.matchAll(/(?:^|\s)(\p{Lu})/gu)].map((match) => match[1]!);
  const letters =
    initials.length > 1 ? `${initials[0]}${initials.at(-1)}` : [...name].slice(0, 1).join("").toUpperCase();
  const radius = Math.round(height / 6);
  const middle = Math.round(height * 0.38);
  const centred = (text: string, y: number, px: number, weight: 400 | 600, fill: string): string =>
    textAt(Math.round((width - widthOf(text, px, weight)) / 2), y, px, weight, fill, text);
  const shown = wrap(name, size, 600, width * 0.9, 1)[0] ?? "";
  const about = person ? wrap(describe(locale, person), Math.round(size * 0.6), 400, width * 0.9, 1)[0]! : "";
  return svg(
    width,
    height,
    `<circle cx="${width / 2}" cy="${middle}" r="${radius}" fill="${PANEL}"/>
     ${centred(letters, middle + Math.round(radius * 0.28), Math.round(radius * 0.8), 600, PAPER)}
     ${centred(shown, middle + radius + Math.round(size * 1.5), size, 600, PAPER)}
     ${centred(about, middle + radius + Math.round(size * 2.5), Math.round(size * 0.6), 400, SOFT)}`,
  );
}

const describe = (locale: Locale, person: Person): string =>
  [roleText(locale, person.role), person.party].filter(Boolean).join(" · ");

/** Name, role and party, and the agenda item; at least one of the two. Even width and height. */
export function lowerThird(locale: Locale, person: Person | null, item: Item): string {
  const most = WIDTH - 160;
  const rows: { text: string; size: number; weight: 400 | 600; fill: string; step: number }[] = [];
  if (person) {
    rows.push({ text: wrap(person.name, 36, 600, most, 1)[0] ?? "", size: 36, weight: 600, fill: PAPER, step: 46 });
    rows.push({
      text: wrap(describe(locale, person), 24, 400, most, 1)[0] ?? "",
      size: 24,
      weight: 400,
      fill: SOFT,
      step: 36,
    });
  }
  if (item) {
    const text = wrap(`${item.number}. ${item.title}`, 24, 600, most, 1)[0] ?? "";
    rows.push({ text, size: 24, weight: 600, fill: ACCENT, step: 38 });
  }
  const widest = Math.max(...rows.map((row) => widthOf(row.text, row.size, row.weight)));
  const width = Math.ceil((widest + 64) / 2) * 2;
  const height = Math.ceil((rows.reduce((sum, row) => sum + row.step, 0) + 26) / 2) * 2;
  let y = 8;
  const drawn = rows.map((row) => {
    y += row.step;
    return textAt(30, y - 4, row.size, row.weight, row.fill, row.text);
  });
  return svg(width, height, `<rect width="8" height="${height}" fill="${ACCENT}"/>${drawn.join("")}`);
}
