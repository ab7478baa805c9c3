import type { PostgresAt } from "@raadhuis/protocol/settings";
import pg from "pg";
import { clientSettings } from "../dialects/postgres.ts";

export const CHANNEL = "raadhuis";
/** By which the feeds of other servers are known in the database. */
const APPLICATION = "raadhuis-feed";
const CONNECT_MS = 3_000;
/** Within which the database answers, or the connection is given up: it may hang without a word. */
const ANSWER_MS = 2_000;

/** A connection on which PostgreSQL says what was notified. */
export interface Listening {
  /** Says these to everybody who listens, this connection among them. Whatever fails ends the connection. */
  say(texts: readonly string[]): Promise<void>;
  /** How many others listen at this moment, as the database has it: one that died a moment ago may be among them. */
  others(): Promise<number>;
  /** Resolves when it is lost or ended. */
  lost: Promise<void>;
  end(): Promise<void>;
}

/** Throws when the database does not answer. */
export async function listen(at: PostgresAt, onText: (text: string) => void): Promise<Listening> {
  const client = new pg.Client({
    ...clientSettings(at),
    application_name: APPLICATION,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
  });
  const lost = new Promise<void>((resolve) => {
    client.once("end", resolve);
    client.on("error", () => resolve());
  });
  client.on("notification", ({ payload }) => onText(payload ?? ""));
  const end = () => client.end().catch(() => undefined);
  const ask = async (text: string, values: unknown[] = []) => {
    try {
      return await client.query(text, values);
    } catch (error) {
      await end();
      throw error;
    }
  };
  try {
    await client.connect();
  } catch (error) {
    await end();
    throw error;
  }
  await ask(`listen ${CHANNEL}`);
  return {
    say: async (texts) => {
      await ask("select pg_notify($1, said) from unnest($2::text[]) said", [CHANNEL, texts]);
    },
    others: async () => {
      const { rows } = await ask(
        `select count(*)::int as others from pg_stat_activity
         where datname = current_database() and application_name = $1 and pid <> pg_backend_pid()`,
        [APPLICATION],
      );
      return Number(rows[0].others);
    },
    lost,
    end,
  };
}
