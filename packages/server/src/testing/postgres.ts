import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { PostgresAt } from "@raadhuis/protocol/settings";
import pg from "pg";
import { openPostgres } from "../store/dialects/postgres.ts";

/** Debian keeps its programs off the path, each version in a folder of its own; the newest first. */
const folders = globSync("/usr/lib/postgresql/*/bin").sort((a, b) => Number(b.split("/")[4]) - Number(a.split("/")[4]));
const env = { PATH: [...folders, process.env.PATH ?? ""].join(delimiter), TZ: "UTC", LC_ALL: "C" };

/** It does not run as root: then as the user that Debian made for it, or as nobody. */
function whose(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [, uid, gid] = /^(?:postgres|nobody):[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8")) ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

/** What is on its disk may be lost with the machine: these are tests. */
const unsafe = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=16MB", "autovacuum=off"];
const TEMPLATE = "template_raadhuis";
const PATIENCE_MS = 30_000;

/** A PostgreSQL server of this process alone, in a folder of its own, with its socket there; both gone with the process. */
export class Cluster {
  readonly folder = mkdtempSync(join(tmpdir(), "raadhuis-postgres-"));
  #more: readonly string[] = [];
  #port = 5432;
  readonly #made = new Map<string, Promise<void>>();
  #started: Promise<void> | undefined;
  #server: ChildProcess | undefined;
  #template: Promise<void> | undefined;

  constructor() {
    const user = whose();
    if (user) chownSync(this.folder, user.uid, user.gid);
    process.on("exit", () => {
      this.#server?.kill("SIGQUIT");
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
    });
    const options = ["--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", "--wal-segsize=1"];
    const made = spawnSync("initdb", ["--pgdata", join(this.folder, "data"), "--username=raadhuis", ...options], {
      ...user,
      env,
      encoding: "utf8",
    });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  }

  /** Settings like "ssl=on", from the next start on; of its ports, which name its socket, too. */
  set(more: readonly string[]): void {
    this.#more = more;
    this.#port = Number(/^port=(\d+)$/m.exec(more.join("\n"))?.[1] ?? 5432);
  }

  /** Where a database is, whether it is there or not. */
  at(database: string): PostgresAt {
    return { host: this.folder, port: this.#port, user: "raadhuis", password: null, database, tls: null };
  }

  urlOf(database: string): string {
    return `postgres:///${database}?user=raadhuis&host=${encodeURIComponent(this.folder)}`;
  }

  start(): Promise<void> {
    this.#started = this.#start();
    return this.#started;
  }

  async #start(): Promise<void> {
    const settings = [...unsafe, "listen_addresses=", `unix_socket_directories=${this.folder}`, ...this.#more];
    const server = spawn(
      "postgres",
      ["-D", join(this.folder, "data"), ...settings.flatMap((setting) => ["-c", setting])],
      { ...whose(), env, stdio: "ignore" },
    );
    this.#server = server;
    server.unref();
    for (const end = Date.now() + PATIENCE_MS; ; await wait(20)) {
      if (server.exitCode !== null || Date.now() > end) throw new Error("PostgreSQL does not start");
      const client = await this.connect("postgres").catch(() => undefined);
      if (client) return client.end();
    }
  }

  /** A connection beside the house's own. */
  async connect(database: string): Promise<pg.Client> {
    const { host, port, user } = this.at(database);
    const client = new pg.Client({ host, port, user, database });
    client.on("error", () => {});
    await client.connect();
    return client;
  }

  /** A database of this name with the tables of today, made when it is not there. */
  async database(name: string): Promise<PostgresAt> {
    const made = this.#made.get(name) ?? this.#make(name);
    this.#made.set(name, made);
    await made;
    return this.at(name);
  }

  /** One without any tables. */
  async empty(name: string): Promise<PostgresAt> {
    await this.#create(name, "template template0");
    return this.at(name);
  }

  async #make(name: string): Promise<void> {
    this.#template ??= this.#makeTemplate();
    await this.#template;
    await this.#create(name, `template ${TEMPLATE}`);
  }

  async #makeTemplate(): Promise<void> {
    const database = await openPostgres(await this.empty(TEMPLATE));
    await database.close();
  }

  async #create(name: string, how: string): Promise<void> {
    await (this.#started ?? this.start());
    const client = await this.connect("postgres");
    try {
      await client.query(`create database ${client.escapeIdentifier(name)} ${how}`);
    } finally {
      await client.end();
    }
  }

  /** `SIGINT`: in order, whoever is connected is cut off. `SIGQUIT`: as in a crash. */
  async stop(how: "SIGINT" | "SIGQUIT" = "SIGINT"): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server || server.exitCode !== null) return;
    server.ref();
    const exited = once(server, "exit");
    server.kill(how);
    await exited;
  }
}

let shared: Cluster | undefined;

/** The one that this process's tests have together; it begins when the first database is asked for. */
export function sharedCluster(): Cluster {
  shared ??= new Cluster();
  return shared;
}

/** Ends it, when there is one: at the end of a file's tests. */
export async function endSharedCluster(): Promise<void> {
  await shared?.stop();
}
