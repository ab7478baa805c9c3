import type { DatabaseAt } from "@raadhuis/protocol/settings";
import type { OpenDatabase } from "./database.ts";
import { openPostgres } from "./dialects/postgres.ts";
import { openSqlite } from "./dialects/sqlite.ts";

/** Opens the database and brings its tables up to date. SQLite's file is made when it is not there. */
export const openDatabase = (at: DatabaseAt, patienceMs?: number): Promise<OpenDatabase> =>
  "file" in at ? openSqlite(at.file, patienceMs) : openPostgres(at.postgres, patienceMs);
