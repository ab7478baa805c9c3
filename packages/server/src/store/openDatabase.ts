import type { OpenDatabase } from "./database.ts";
import { openSqlite } from "./dialects/sqlite.ts";

/** Opens the database, makes it when it is not there, and brings its tables up to date. */
export const openDatabase = (file: string, patienceMs?: number): Promise<OpenDatabase> => openSqlite(file, patienceMs);
