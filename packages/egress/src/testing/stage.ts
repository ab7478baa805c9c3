import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { ProgrammeOrder } from "@raadhuis/protocol/children";
import type { ReleasedState } from "@raadhuis/protocol/public";
import { foldersOf } from "../folders.ts";
import { EgressProcess } from "./egressProcess.ts";
import { MEETING } from "./house.ts";
import type { MediaServer } from "./mediaServer.ts";
import { Publisher, ticket } from "./publisher.ts";
import { stateIn } from "./released.ts";

export const DELAY_MS = 5000;
export const ITEM = { id: "item1item1", number: 2, title: "Vaststelling van de begroting" };

/** A house with a data folder and a media server; gives orders as the server of the house would. */
export class Stage {
  readonly data: string;
  readonly #server: MediaServer;
  readonly #egresses: EgressProcess[] = [];
  readonly #publishers: Publisher[] = [];
  #version = 0;

  constructor(data: string, server: MediaServer) {
    this.data = data;
    this.#server = server;
  }

  get public(): string {
    return foldersOf(this.data, MEETING).public;
  }

  get unreleased(): string {
    return foldersOf(this.data, MEETING).unreleased;
  }

  /** Ends what still runs, however the test went. */
  async end(): Promise<void> {
    await Promise.all(this.#egresses.map((egress) => egress.kill("SIGKILL")));
    await Promise.all(this.#publishers.map((publisher) => publisher.leave()));
  }

  async egress(): Promise<EgressProcess> {
    const egress = await EgressProcess.start(MEETING, {
      RAADHUIS_DATA: this.data,
      RAADHUIS_LOG: "warn",
      RAADHUIS_EGRESS_LINGER_MS: "500",
      LIVEKIT_URL: this.#server.url,
      LIVEKIT_API_KEY: this.#server.key,
      LIVEKIT_API_SECRET: this.#server.secret,
    });
    this.#egresses.push(egress);
    return egress;
  }

  async publisher(
    performance: Publisher["performance"],
    epoch: number,
    seat = "seatalice",
    size?: { width: number; height: number },
  ): Promise<Publisher> {
    const publisher = new Publisher(performance, size);
    this.#publishers.push(publisher);
    await publisher.join(this.#server, `${MEETING}-${epoch}`, seat);
    return publisher;
  }

  /** An event happened at `at`; here is what follows from it. */
  order(scene: ProgrammeOrder["scene"], more: Partial<ProgrammeOrder> = {}): ProgrammeOrder {
    return {
      meeting: MEETING,
      version: ++this.#version,
      at: Date.now(),
      body: "Gemeente Voorbeeldstad",
      title: "Raadsvergadering",
      startsAt: Date.now(),
      zone: "Europe/Amsterdam",
      locale: "nl",
      delayMs: DELAY_MS,
      recording: true,
      scene,
      item: null,
      agenda: [ITEM],
      people: { seatalice: { name: "Alice de Boer", role: "member", party: "Lokaal Belang" } },
      end: false,
      givenUp: false,
      ...more,
    };
  }

  slate(slate: "before" | "suspended" | "doorsClosed" | "after", more: Partial<ProgrammeOrder> = {}): ProgrammeOrder {
    return this.order({ kind: "slate", slate, text: null }, more);
  }

  async live(epoch: number, more: Partial<ProgrammeOrder> = {}): Promise<ProgrammeOrder> {
    const room = `${MEETING}-${epoch}`;
    const token = await ticket(this.#server, room, "egress", true);
    return this.order({ kind: "live", epoch, room, token, focus: null }, more);
  }

  async state(): Promise<ReleasedState | null> {
    return stateIn(this.public);
  }

  /** Waits until the state satisfies; looks at the playlist on the way. */
  async until(what: string, satisfied: (state: ReleasedState) => boolean, ms = 90_000): Promise<ReleasedState> {
    for (const end = Date.now() + ms; Date.now() < end; await wait(100)) {
      const state = await this.state();
      if (state) {
        const age = Date.now() - state.until;
        assert.ok(age >= DELAY_MS, `A frame was public when it was ${age} ms old.`);
        if (satisfied(state)) return state;
      }
    }
    throw new Error(`It never came to this: ${what}`);
  }
}

export async function stage(
  context: TestContext,
  start: (port: number) => Promise<MediaServer>,
  port: number,
): Promise<Stage> {
  const data = await mkdtemp(join(tmpdir(), "raadhuis-egress-"));
  const server = await start(port);
  const made = new Stage(data, server);
  context.after(async () => {
    await made.end();
    await server.stop();
    await rm(join(made.unreleased, ".."), { recursive: true, force: true });
    await rm(data, { recursive: true });
  });
  return made;
}
