import { CsvError, parse } from "csv-parse/browser/esm/sync";
import { z } from "zod";
import { oneLine } from "../../../oneLine.ts";

/** What stands between columns. `none`: there is one column. */
export const delimiters = { tab: "\t", semicolon: ";", comma: ",", none: "" } as const;
export type Delimiter = keyof typeof delimiters;
export const isDelimiter = (name: string): name is Delimiter => Object.hasOwn(delimiters, name);

export interface Row {
  /** Where it begins in the text, from 1. */
  line: number;
  cells: string[];
}

/** `broken`: a quotation mark that is opened on this line and never closed. */
export type Table = { rows: Row[] } | { broken: { line: number } };

const Records = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }));

/** The rows of CSV (RFC 4180) or of what was copied from a spreadsheet; empty lines are none. */
export function readTable(text: string, delimiter: Delimiter): Table {
  const normal = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (delimiter === "none") return { rows: linesOf(normal) };
  try {
    const records = Records.parse(
      parse(normal, {
        delimiter: delimiters[delimiter],
        record_delimiter: "\n",
        info: true,
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: true,
        skip_records_with_empty_values: true,
      }),
    );
    // csv-parse counts to a record's last line; what is quoted may hold line ends.
    const rows = records.map(({ record, info }) => {
      const within = record.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
      return { line: info.lines - within, cells: record.map(cellOf) };
    });
    return { rows };
  } catch (error) {
    if (error instanceof CsvError) return { broken: { line: openQuote(normal) } };
    throw error;
  }
}

/** Quotes with a space before or behind them are quotes all the same. */
const cellOf = (cell: string): string => oneLine(oneLine(cell).replace(/^"([^"]*)"$/, "$1"));

const linesOf = (text: string): Row[] =>
  text
    .split("\n")
    .map((cell, index) => ({ line: index + 1, cells: [cellOf(cell)] }))
    .filter(({ cells }) => cells[0] !== "");

/** The line of the last quotation mark that opens a cell: behind it nothing closes. */
function openQuote(text: string): number {
  const opened = text.lastIndexOf('"');
  return text.slice(0, Math.max(opened, 0)).split("\n").length;
}

/** The character that divides most lines into as many columns as the others, tabs first: nobody types those. */
export function guessDelimiter(text: string): Delimiter {
  const sample = text
    .split(/\r\n?|\n/)
    .slice(0, 50)
    .join("\n");
  let best: { delimiter: Delimiter; score: number } = { delimiter: "none", score: 0 };
  for (const delimiter of ["tab", "semicolon", "comma"] as const) {
    const score = evenness(sample, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Which part of the rows has more than one column; of lines, where the sample ends within quotes. */
function evenness(sample: string, delimiter: Delimiter): number {
  const table = readTable(sample, delimiter);
  const rows =
    "rows" in table
      ? table.rows.map(({ cells }) => cells)
      : sample.split("\n").map((line) => line.split(delimiters[delimiter]));
  return rows.filter((cells) => cells.length > 1).length / Math.max(rows.length, 1);
}
