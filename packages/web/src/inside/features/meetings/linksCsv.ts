import type { SeatLink } from "@raadhuis/protocol/http";

/** Without it Excel reads the bytes as something older than UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";
/** A cell that begins so is a formula to a spreadsheet, also in the wide forms of these signs (OWASP, CSV injection). */
const formula = /^[\s]*[=+\-@\t\r＝＋－＠]/;

/**
 * Personal links as a file for Excel and for mail merge (RFC 4180, with the semicolons of a Dutch Excel). Names are other
 * people's words: one that would be a formula stands behind an apostrophe.
 * @param words of the first line, and of a seat's name and role
 */
export function linksCsv(
  links: readonly SeatLink[],
  words: { header: readonly [string, string, string]; name(link: SeatLink): string; role(link: SeatLink): string },
): string {
  const rows = links.map((link) => [words.name(link), words.role(link), link.link]);
  return BYTE_ORDER_MARK + [words.header, ...rows].map((row) => `${row.map(cell).join(";")}\r\n`).join("");
}

const cell = (text: string): string => `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
