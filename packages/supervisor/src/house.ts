import { openSync } from "node:fs";
import { join } from "node:path";
import { egressRuntime, type FromChild } from "@raadhuis/protocol/children";
import { environmentFor, type Settings } from "@raadhuis/protocol/settings";
import type { Logger } from "pino";
import { Child, type ChildOptions } from "./child.ts";
import { ended } from "./ended.ts";
import { galleryArgs } from "./gallery.ts";
import { carriersOf, mediaAddresses, mediaParts } from "./media.ts";
import { Spare } from "./spare.ts";

type Ready = Extract<FromChild, { type: "ready" }>;
type Demo = Extract<FromChild, { type: "demo" }>;
type Failed = Extract<FromChild, { type: "failed" }>;

/** SIGKILL follows SIGTERM after this, ms: all of it ends within 10 s. */
const PATIENCE = 7000;

export interface HouseOptions {
  root: string;
  settings: Settings;
  /** Our own environment, with the secrets of this start; each child gets those that it works with. */
  env: NodeJS.ProcessEnv;
  /** The number of synthetic people, or no demo. */
  demo: { people: number; planned?: boolean } | null;
  log: Logger;
  /** Where the children's logs go: our stderr, or files when that is a person's terminal. */
  logFolder: string | null;
  /** Every part answers: the first time, and again when what is to be shown has changed. */
  onReady: (standing: Standing) => void;
  /** A part says it can never start. */
  onHopeless: (part: string, failure: Failed) => void;
}

/** Where the house stands. */
export interface Standing {
  setUpLink: string | null;
  /** Addresses at which the embedded media server hears its clients. */
  media: string[];
  demo: Demo["links"] | null;
}

/** All processes of the house, as siblings. */
export class House {
  readonly #options: HouseOptions;
  readonly #parts = new Map<string, Child>();
  readonly #ready = new Map<string, Ready>();
  readonly #egresses = new Map<string, { child: Child; at: { port: number; secret: string } | null }>();
  /** Open log files by child's name; all egresses share one. */
  readonly #logs = new Map<string, number>();
  readonly #media: ReturnType<typeof mediaParts>;
  /** Of the media server: its absence is heard by everybody at once. One for all its processes. */
  readonly #spare: Spare;
  #demo: Demo["links"] | null = null;
  #told = "";

  constructor(options: HouseOptions) {
    this.#options = options;
    const { root, settings } = options;
    const main = (name: string) => [join(root, "packages", name, "src", "main.ts")];
    this.#startPart("server", main("server"), environmentFor("server", options.env));
    this.#startPart("gallery", galleryArgs(root, settings), environmentFor("gallery", options.env));
    // V8 lets its nursery grow to 48 MB while many join, and keeps it; packets are not on its heap (npm run bench forward).
    const sfu = { args: ["--max-semi-space-size=4", ...main("sfu")], env: environmentFor("sfu", options.env) };
    this.#spare = new Spare({ ...sfu, cwd: root, output: this.#logOf("sfu") });
    this.#media = mediaParts(settings);
    for (const { name, part } of this.#media)
      this.#startPart(name, sfu.args, part ? { ...sfu.env, RAADHUIS_PART: String(part) } : sfu.env, {
        spare: this.#spare,
        part,
      });
  }

  /** Names of the parts that have not said that they answer. */
  get awaited(): string[] {
    const names = [...this.#parts.keys()].filter((name) => name !== "demo" && !this.#ready.has(name));
    return this.#options.demo && !this.#demo ? [...names, "demo"] : names;
  }

  async stop(): Promise<void> {
    const spare = this.#spare.stop();
    const children = [...this.#parts.values(), ...[...this.#egresses.values()].map(({ child }) => child)];
    await Promise.all([...children.map((child) => child.stop(PATIENCE)), spare && ended(spare, PATIENCE)]);
  }

  #child(
    name: string,
    args: string[],
    env: NodeJS.ProcessEnv,
    more: Pick<ChildOptions, "onMessage" | "onEnd" | "spare">,
  ) {
    const { root, log } = this.#options;
    const output = this.#logOf(name);
    const mayFinish = name === "egress" || name === "demo";
    return new Child({ name, args, env, cwd: root, output, log, mayFinish, ...more });
  }

  #logOf(name: string): number {
    const { logFolder } = this.#options;
    if (!logFolder) return process.stderr.fd;
    const log = this.#logs.get(name) ?? openSync(join(logFolder, `${name}.log`), "a", 0o600);
    this.#logs.set(name, log);
    return log;
  }

  #startPart(name: string, args: string[], env: NodeJS.ProcessEnv, spare?: ChildOptions["spare"]): void {
    const child = this.#child(name, args, env, {
      ...(spare ? { spare } : {}),
      onMessage: (message) => this.#hear(name, message),
      onEnd: () => {
        this.#ready.delete(name);
        this.#tellFront();
        const failure = child.failure;
        if (failure?.final) this.#options.onHopeless(name, failure);
      },
    });
    this.#parts.set(name, child);
  }

  #hear(part: string, message: FromChild): void {
    if (message.type === "ready") this.#ready.set(part, message);
    if (message.type === "demo" && part === "demo") this.#demo = message.links;
    if (message.type === "egress.want" && part === "server") this.#wantEgress(message.meeting);
    if (message.type === "ready" && part === "server")
      for (const [meeting, { at }] of this.#egresses)
        if (at !== null) this.#parts.get("server")?.send({ type: "egress.ready", meeting, ...at });
    if (message.type === "ready") this.#tellFront();
    this.#tellWhenReady();
  }

  /** The media server's front, where there is one, knows whom it stands before. */
  #tellFront(): void {
    this.#parts.get("front")?.send({ type: "carriers", carriers: carriersOf(this.#media, this.#ready) });
  }

  #tellWhenReady(): void {
    const { demo, onReady, env, root } = this.#options;
    const others = this.awaited.filter((name) => name !== "demo");
    if (others.length > 0) return;
    const setUpLink = this.#ready.get("server")?.setUpLink ?? null;
    if (demo && !this.#parts.has("demo"))
      this.#startPart("demo", [join(root, "packages", "demo", "src", "main.ts")], {
        ...environmentFor("demo", env),
        RAADHUIS_DEMO_PEOPLE: String(demo.people),
        ...(demo.planned && { RAADHUIS_DEMO_PLANNED: "1" }),
        ...(setUpLink && { RAADHUIS_DEMO_SETUP_LINK: setUpLink }),
      });
    if (this.awaited.length > 0) return;
    const standing: Standing = { setUpLink, media: mediaAddresses(this.#media, this.#ready), demo: this.#demo };
    const told = JSON.stringify(standing);
    if (told === this.#told) return;
    this.#told = told;
    onReady(standing);
  }

  /** Each meeting on air has one egress, for as long as it is wanted: one that exits 0 is done. */
  #wantEgress(meeting: string): void {
    if (this.#egresses.has(meeting)) return;
    const { root, env } = this.#options;
    const tell = (message: Parameters<Child["send"]>[0]) => this.#parts.get("server")?.send(message);
    const child = this.#child(
      "egress",
      [...egressRuntime.flags, join(root, "packages", "egress", "src", "main.ts")],
      { ...egressRuntime.env, ...environmentFor("egress", env), RAADHUIS_MEETING: meeting },
      {
        onMessage: (message) => {
          if (message.type !== "ready" || message.secret === undefined) return;
          const at = { port: message.port, secret: message.secret };
          this.#egresses.set(meeting, { child, at });
          tell({ type: "egress.ready", meeting, ...at });
        },
        onEnd: (forGood) => {
          if (forGood) this.#egresses.delete(meeting);
          else this.#egresses.set(meeting, { child, at: null });
          tell({ type: "egress.gone", meeting });
        },
      },
    );
    this.#egresses.set(meeting, { child, at: null });
  }
}
