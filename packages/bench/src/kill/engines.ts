import type { House } from "@raadhuis/tests/lib/house.ts";
import { until } from "@raadhuis/tests/lib/wait.ts";
import { address } from "../forward/network.ts";
import { apiKey, startLiveKit } from "../forward/subjects.ts";
import { mediaServerOf, spareWaits } from "./houseLog.ts";

/** A media server that can be killed, and what brings it back. */
export interface Mortal {
  name: "raadhuis" | "livekit";
  /** Settings of the house that uses it. */
  env: Record<string, string>;
  /** Until it could be killed again, and the house would do for it what it did the first time. */
  rested(house: House): Promise<void>;
  /** SIGKILL. Gives the moment before (ms since 1970). */
  kill(house: House): Promise<number>;
  /** When its successor listened, ms since 1970; call it once media are back. */
  listensAt(house: House): Promise<number>;
  stop(): Promise<void>;
}

/** Whoever ran this long was well: the supervisor starts the next one without a pause (`RAN_WELL`), ms. */
const ranWellMs = 10_500;

/** Ours, within the house: its supervisor notices the death, and a spare takes over. */
export function embedded(): Mortal {
  let killed = 0;
  const present = (house: House) => until("a media server", () => mediaServerOf(house.log()), 60_000, 20);
  return {
    name: "raadhuis",
    env: { RAADHUIS_PUBLIC_IP: address, RAADHUIS_LOG: "info" },
    async rested(house) {
      const server = await present(house);
      await until("a spare", () => spareWaits(house.log(), server), 60_000);
      await until("the media server to be called well", () => Date.now() - server.listensAt > ranWellMs);
    },
    async kill(house) {
      ({ pid: killed } = await present(house));
      const at = Date.now();
      process.kill(killed, "SIGKILL");
      return at;
    },
    async listensAt(house) {
      const { listensAt, pause } = await until("its successor", () => {
        const server = mediaServerOf(house.log());
        return server && server.pid !== killed && server;
      });
      if (pause > 0) throw new Error(`The supervisor waited ${pause} ms: the media server was killed too soon.`);
      return listensAt;
    },
    async stop() {},
  };
}

/** LiveKit's server, which has no supervisor and no spare here: this starts another one at once. */
export async function liveKit(): Promise<Mortal> {
  let server = await startLiveKit();
  let next: Promise<number> | null = null;
  return {
    name: "livekit",
    env: {
      LIVEKIT_URL: server.url,
      LIVEKIT_API_KEY: apiKey.key,
      LIVEKIT_API_SECRET: apiKey.secret,
      RAADHUIS_LOG: "warn",
    },
    async rested() {},
    async kill() {
      const at = Date.now();
      next = server.stop().then(async () => {
        server = await startLiveKit();
        return Date.now();
      });
      next.catch(() => {});
      return at;
    },
    async listensAt() {
      if (!next) throw new Error("LiveKit was not killed.");
      return next;
    },
    async stop() {
      await next?.catch(() => {});
      await server.stop();
    },
  };
}
