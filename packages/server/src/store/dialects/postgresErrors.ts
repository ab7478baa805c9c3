import type { AnyCode } from "@raadhuis/protocol/http";
import pg from "pg";
import { type HouseError, houseError } from "../../errors.ts";
import { Collision, NotUnique } from "../conflicts.ts";

/**
 * PostgreSQL's codes (its manual, appendix A) that stand for something the house has a word for. A value that no column takes
 * (22003: a number too large, 22021: a NUL in text) was refused by nobody before: SQLite takes both.
 */
const codes: Readonly<Record<string, AnyCode>> = {
  "22003": "request.malformed",
  "22021": "request.malformed",
  // Waited too long for a lock or for the whole; stood still in a transaction; as many connections as there are, as much memory.
  "55P03": "house.busy",
  "57014": "house.busy",
  "25P03": "house.busy",
  "53300": "house.busy",
  "53200": "house.busy",
  "53100": "house.disk-full",
  // It ends, has crashed, begins, or is a copy that takes nothing.
  "57P01": "house.no-database",
  "57P02": "house.no-database",
  "57P03": "house.no-database",
  "25006": "house.no-database",
};
/** Serialization failure, deadlock. */
const collisions = ["40001", "40P01"];

/** A statement that PostgreSQL refused: a fault of ours. What it says of values stays out of the log. */
export class StatementRefused extends Error {
  readonly code: string;

  constructor({ code = "", message, constraint, table }: pg.DatabaseError) {
    const where = [table, constraint].filter(Boolean).join(", ");
    super(`PostgreSQL refused a statement (${code}${where && `: ${where}`}).${hasValues(code) ? "" : ` ${message}`}`);
    this.name = "StatementRefused";
    this.code = code;
  }
}

/** Data exceptions (class 22) repeat what they are about, as do constraints in their detail. */
const hasValues = (code: string): boolean => code.startsWith("22") || code.startsWith("23");

/** Whether the connection is of no use any more. The server's own refusals leave it as it was, but for those by which it ends. */
export const isLost = (error: unknown): boolean =>
  !(error instanceof pg.DatabaseError) || error.severity === "FATAL" || error.severity === "PANIC";

/** A statement prepared before a table changed, of which the answer would be another now. */
export const isOutdated = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === "0A000" && /cached plan/.test(error.message);

/** What came of a statement, as the house says it. */
export function translated(error: unknown): HouseError | NotUnique | StatementRefused {
  if (!(error instanceof pg.DatabaseError)) return houseError("house.no-database");
  const { code = "" } = error;
  if (collisions.includes(code) || isOutdated(error)) return new Collision();
  if (code === "23505") return new NotUnique();
  const known = codes[code] ?? (code.startsWith("08") ? "house.no-database" : undefined);
  return known ? houseError(known) : new StatementRefused(error);
}
