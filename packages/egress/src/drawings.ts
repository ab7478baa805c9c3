import type { ProgrammeOrder } from "@raadhuis/protocol/children";
import { slateLayout } from "./layouts.ts";
import { readLettersFor, type Weight } from "./letters/faces.ts";
import { depthOf, textAt, widthOf } from "./letters/line.ts";
import { signsOf } from "./letters/readable.ts";
import { fromTheRight, isolated, LEFT_TO_RIGHT } from "./letters/runs.ts";
import { wrap } from "./letters/wrap.ts";
import { type Box, HEIGHT, WIDTH } from "./picture.ts";
import { type Locale, roleText, type SlateKind, slateText } from "./texts.ts";

type Person = ProgrammeOrder["people"][string];
type Item = ProgrammeOrder["item"];

const INK = "#0d2840";
const PANEL = "#163a5a";
const ACCENT = "#f2b84b";
const PAPER = "#ffffff";
const SOFT = "#c9d6e2";
/** What letters reach below their line, in em; there is room for that. */
const DESCENT = 0.3;

const svg = (width: number, height: number, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${INK}"/>${content}</svg>`;

/** Lines of text under each other; `y`: baseline of the first. Those that are read from the right begin from one edge. */
function lines(x: number, y: number, size: number, weight: Weight, fill: string, texts: string[]): string {
  const wide = texts.map((text) => widthOf(text, size, weight));
  return texts
    .map((text, index) => {
      const left = x + (fromTheRight(text) ? Math.max(...wide) - wide[index]! : 0);
      return textAt(left, y + index * Math.round(size * 1.25), size, weight, fill, text);
    })
    .join("");
}

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
  /** The body's time zone (IANA). */
  zone: string;
}

/** The still picture the public sees when there is nothing to see. */
export async function slate(words: SlateWords): Promise<string> {
  const { matter, hint } = slateText(words);
  await readLettersFor([matter, words.text ?? hint, words.body, words.title]);
  const { emblem, body, words: place, panel, title: titled } = slateLayout;
  const title = wrap(words.title, 32, 400, titled.width, 2);
  const state = wrap(matter, 60, 600, place.width, 2);
  const more = wrap(words.text ?? hint, 30, 400, place.width, 3);
  const top = place.y + 170 - (state.length - 1) * 38;
  const below = top + state.length * 75;
  const bottom = titled.y + titled.height;
  return svg(
    WIDTH,
    HEIGHT,
    `<rect x="${panel.x}" y="${panel.y}" width="${panel.width}" height="${panel.height}" fill="${PANEL}"/>
     <rect x="${panel.x}" y="${panel.y}" width="${panel.width}" height="4" fill="${ACCENT}"/>
     ${roof(emblem.x, emblem.y)}
     ${lines(body.x, body.y + 38, 34, 600, PAPER, wrap(words.body, 34, 600, body.width, 1))}
     ${lines(place.x, top, 60, 600, PAPER, state)}
     ${lines(place.x, below, 30, 400, SOFT, more)}
     ${lines(titled.x, bottom - (title.length > 1 ? 76 : 55), 32, 400, PAPER, title)}`,
  );
}

/** In place of a camera that is off: calm, with the name. `width` and `height` even. */
export async function card(locale: Locale, person: Person | null, width: number, height: number): Promise<string> {
  const name = person?.name ?? "";
  const letters = initialsOf(name);
  await readLettersFor([letters, ...textsOf(locale, person)]);
  const size = Math.round(height / 13);
  const radius = Math.round(height / 6);
  const middle = Math.round(height * 0.38);
  const centred = (text: string, y: number, px: number, weight: Weight, fill: string): string =>
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

/** Of the first and the last name, where their script has capitals; otherwise the name's first letter. */
function initialsOf(name: string): string {
  const capitals = [...name.matchAll(/(?:^|\s)(\p{Lu}\p{M}*)/gu)].map((match) => match[1]!);
  if (capitals.length > 1) return `${capitals[0]}${capitals.at(-1)}`;
  const first = signsOf(name).find((sign) => /\p{L}/u.test(sign)) ?? "";
  // Georgian has capitals, but no name begins with one.
  return /\p{Script=Georgian}/u.test(first) ? first : first.toUpperCase();
}

const describe = (locale: Locale, person: Person): string =>
  LEFT_TO_RIGHT +
  [roleText(locale, person.role), person.party]
    .flatMap((part) => (part && /[\p{L}\p{N}]/u.test(part) ? [isolated(part)] : []))
    .join(" · ");

const textsOf = (locale: Locale, person: Person | null): string[] =>
  person ? [person.name, describe(locale, person)] : [];

/** Name, role and party, and the agenda item; at least one of the two. Even width and height, none above the region's. */
export async function lowerThird(locale: Locale, person: Person | null, item: Item, region: Box): Promise<string> {
  await readLettersFor([...textsOf(locale, person), ...(item ? [`${item.number}. ${item.title}`] : [])]);
  const most = region.width - 64;
  const rows: { text: string; size: number; weight: Weight; fill: string; step: number; below: number }[] = [];
  const add = (text: string, size: number, weight: Weight, fill: string, step: number): void => {
    const shown = wrap(text, size, weight, most, 1)[0];
    if (!shown) return;
    // The next row makes way for what hangs deep under this one, within reason.
    const below = Math.min(size, Math.max(0, depthOf(shown, size, weight) - DESCENT * size));
    rows.push({ text: shown, size, weight, fill, step, below });
  };
  if (person) {
    add(person.name, 36, 600, PAPER, 46);
    add(describe(locale, person), 24, 400, SOFT, 36);
  }
  if (item) add(`${LEFT_TO_RIGHT}${item.number}. ${isolated(item.title)}`, 24, 600, ACCENT, 38);
  const widest = Math.max(0, ...rows.map((row) => widthOf(row.text, row.size, row.weight)));
  const width = Math.ceil((widest + 64) / 2) * 2;
  const height = Math.ceil((rows.reduce((sum, row) => sum + row.step + row.below, 0) + 26) / 2) * 2;
  let y = 8;
  const drawn = rows.map((row) => {
    y += row.step;
    const line = textAt(30, y - 4, row.size, row.weight, row.fill, row.text);
    y += row.below;
    return line;
  });
  return svg(width, height, `<rect width="8" height="${height}" fill="${ACCENT}"/>${drawn.join("")}`);
}
