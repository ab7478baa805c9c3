import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { percentile, type Result, type Row } from "./result.ts";

const path = join(import.meta.dirname, "../../../docs/benchmarks.md");

/** Of fewer than these p95 says no more than the largest. */
const manySamples = 20;

/** Puts a benchmark's result and its pictures (files of docs/images, without the ending) where docs/benchmarks.md has `<!-- name -->` and `<!-- /name -->`; a page without them is left alone. */
export function writePage(name: string, result: Result, pictures: readonly string[] = []): void {
  if (!existsSync(path)) return;
  const page = readFileSync(path, "utf8");
  const [from, to] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [begin, end] = [page.indexOf(from), page.indexOf(to)];
  if (begin < 0 || end < begin) return;
  writeFileSync(path, `${page.slice(0, begin + from.length)}\n\n${section(result, pictures)}\n${page.slice(end)}`);
}

/** Medians with the range of the samples, and p95 of many: a line for each metric and case, a column for each subject. */
export function section(
  { machine, commit, date, rows, notes = [], missing = [] }: Result,
  pictures: readonly string[] = [],
): string {
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  const lines = Map.groupBy(rows, (row) => `${row.metric} (${row.unit})\n${row.case}`);
  const table = [
    ["", "", ...subjects],
    ...[...lines].map(([key, found]) => [
      ...key.split("\n"),
      ...subjects.map((subject) => shown(found.find((row) => row.subject === subject))),
    ]),
  ];
  const told = [...notes, ...missing.map((sentence) => `Missing: ${sentence}`)].map((sentence) => `- ${sentence}\n`);
  return `Measured at ${commit} on ${date.slice(0, 10)}, ${machine}.\n\n${written(table)}${told.length > 0 ? `\n${told.join("")}` : ""}${shownAs(pictures)}`;
}

const shownAs = (pictures: readonly string[]): string =>
  pictures.map((name) => `\n![${name.replace("bench-", "").replaceAll("-", ", ")}](images/${name}.svg)\n`).join("");

const shown = (row: Row | undefined): string =>
  row === undefined
    ? ""
    : row.n === 1
      ? `${row.median}`
      : row.n < manySamples
        ? `${row.median} (${row.min} to ${row.max})`
        : `${row.median} (${row.min} to ${row.max}, p95 ${percentile(row.samples, 0.95)})`;

/** Columns of equal width, as the formatter has them. */
function written([head = [], ...body]: string[][]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...body].map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |\n`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("");
}
