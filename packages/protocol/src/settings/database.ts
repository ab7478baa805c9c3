import { z } from "zod";

/** A PostgreSQL server, and the house's own database there. */
export interface PostgresAt {
  /** A host name, an address, or the folder of a socket (it begins with a slash). */
  host: string;
  port: number;
  user: string;
  /** `null`: the server knows us otherwise, as by the user of a socket. */
  password: string | null;
  database: string;
  /** `null`: none. Otherwise the server's certificate is for `host`, by a PEM file of authorities or those of the machine. */
  tls: { authorities: string | null } | null;
}

/** Where the house keeps what it keeps: a file of SQLite's, or a database of PostgreSQL's. */
export type DatabaseAt = { file: string } | { postgres: PostgresAt };

const EXAMPLE = '"postgres://user:password@host/database"';
const known = ["host", "user", "sslmode", "sslrootcert"];
const here = /^(\/|localhost$|127\.|::1$)/;

/** As libpq reads it (its manual, 34.1.1.2), as far as a house needs it; what is left out is refused and not passed over. */
export const databaseUrl = z.string().transform((text, context) => {
  const wrong = (message: string) => {
    context.issues.push({ code: "custom", message, input: text });
    return z.NEVER;
  };
  if (!/^postgres(ql)?:\/\//i.test(text))
    return wrong(`This takes an address like ${EXAMPLE}; without it SQLite is used.`);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) return wrong(`This is no address like ${EXAMPLE}: signs in a user or password are written as %40.`);
  const parts = [url.username, url.password, url.hostname, url.pathname.slice(1)].map(decoded);
  if (parts.some((part) => part === null)) return wrong('A "%" in it that stands for itself is written as %25.');
  const [userBefore, password, hostBefore, database] = parts;
  const given = url.searchParams;
  const other = [...given.keys()].find((name) => !known.includes(name));
  if (other !== undefined) return wrong(`Behind "?" it takes ${known.join(", ")}, and nothing else.`);
  const host = hostBefore?.replace(/^\[|\]$/g, "") || given.get("host");
  if (!host || host.includes(",")) return wrong("It names one host, or by host= the folder of a socket.");
  const user = userBefore || given.get("user");
  if (!user) return wrong("It names the user that the house is there.");
  if (!database || database.includes("/"))
    return wrong("It names the database behind the host, and nothing behind that.");
  if (url.hash) return wrong('A "#" in it is written as %23.');
  const mode = given.get("sslmode") ?? (here.test(host) ? "disable" : "verify-full");
  if (!["disable", "require", "verify-full"].includes(mode))
    return wrong("sslmode is disable, or verify-full (which require means here, too).");
  const authorities = given.get("sslrootcert");
  if (authorities !== null && mode === "disable") return wrong("sslrootcert does nothing where sslmode is disable.");
  return {
    ...{ host, port: url.port === "" ? 5432 : Number(url.port), user, password: password || null, database },
    tls: mode === "disable" ? null : { authorities },
  } satisfies PostgresAt;
});

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
