import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "puppeteer-core";
import { eventually, until } from "./wait.ts";

export type Colour = readonly [red: number, green: number, blue: number];
export const red: Colour = [230, 30, 30];
export const blue: Colour = [30, 30, 230];

export interface Picture {
  colour: [number, number, number];
  width: number;
  height: number;
  frames: number;
}

export type Source = "camera" | "microphone" | "screen_share";

/** How a picture is published; what is not named here goes to livekit-client as it is. */
export interface Showing {
  width?: number;
  height?: number;
  source?: Source;
  simulcast?: boolean;
  codec?: "vp8" | "h264" | "vp9" | "av1";
  scalabilityMode?: string;
  backupCodec?: boolean;
}

/** How a tone is published: how loud (1: full scale), with redundancy. */
export interface Singing {
  loudness?: number;
  red?: boolean;
}

/** Of what the page has noted: `kind` and what belongs to it. `at`: ms since the page was opened. */
export type Noted = Record<string, unknown> & { at: number; kind: string };

/** A participant in a page of a browser: what the page's `kit` can do (page.js), and waiting for what it tells. */
export class Person {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  call<T>(name: string, ...args: unknown[]): Promise<T> {
    return this.page.evaluate(`window.kit.${name}(${args.map((arg) => JSON.stringify(arg)).join(",")})`) as Promise<T>;
  }

  /**
   * A client waits 15 s for its media, which on a busy machine is not always long: it is told twice then.
   * @param options of livekit-client's `Room`, and `autoSubscribe`
   */
  async join(url: string, ticket: string, options: object = {}): Promise<{ sid: string }> {
    const join = () => this.call<{ sid: string }>("join", url, ticket, options);
    return join().catch((error: Error) => {
      if (!error.message.includes("could not establish pc connection")) throw error;
      return join();
    });
  }

  /** Publishes a picture of this colour. Resolves with the track's sid. */
  show(colour: Colour, options: Showing = {}): Promise<string> {
    return this.call("publishColour", `rgb(${colour.join(",")})`, options);
  }

  /** Publishes a tone as a microphone. Resolves with the track's sid. */
  sing(hertz: number, options: Singing = {}): Promise<string> {
    return this.call("publishTone", hertz, "microphone", options);
  }

  picture(key: string): Promise<Picture | null> {
    return this.call("picture", key);
  }

  /** Waits until somebody's picture has about this colour, and moves. */
  sees(key: string, colour: Colour): Promise<Picture> {
    return until(`${key} in colour ${colour}`, async () => {
      const picture = await this.picture(key);
      return picture?.colour.every((value, channel) => Math.abs(value - (colour[channel] ?? 0)) < 40) && picture;
    });
  }

  /** Waits for a picture of this height; long, because a busy encoder begins low. */
  seesHeight(key: string, wanted: number | ((height: number) => boolean)): Promise<true> {
    const isIt = (height: number) => (typeof wanted === "number" ? height === wanted : wanted(height));
    return until(`a picture ${wanted} high`, async () => isIt((await this.picture(key))?.height ?? 0), 120_000);
  }

  /** Waits for new pictures of somebody, also in another element than before. */
  async moves(key: string, count = 5): Promise<void> {
    let last = (await this.picture(key))?.frames ?? 0;
    let more = 0;
    await until(`${key} moves`, async () => {
      const frames = (await this.picture(key))?.frames ?? 0;
      // A new element counts from zero.
      more += frames >= last ? frames - last : frames;
      last = frames;
      return more >= count;
    });
  }

  hears(key: string, hertz: number): Promise<true> {
    return until(`${key} at ${hertz} Hz`, async () => {
      const tone = await this.call<{ hertz: number; loudness: number } | null>("tone", key);
      return tone !== null && Math.abs(tone.hertz - hertz) < 15 && tone.loudness > -60 && true;
    });
  }

  /** Waits until so little comes that it is no medium: less than so many bytes in 400 ms. */
  receivesNothing(bytes = 500): Promise<true> {
    const received = async () => (await this.call<{ receivedBytes: number }>("transport")).receivedBytes;
    return until("nothing on the wire", async () => {
      const first = await received();
      await pause(400);
      return (await received()) - first < bytes;
    });
  }

  /** What somebody else publishes; `undefined`: they are not known here. */
  async sourcesOf(identity: string): Promise<string[] | undefined> {
    const others = await this.call<{ identity: string; sources: string[] }[]>("others");
    return others.find((other) => other.identity === identity)?.sources;
  }

  /** Waits until somebody else is known to publish these and nothing else. */
  knowsTracks(identity: string, ...sources: Source[]): Promise<void> {
    return eventually(async () => assert.deepEqual(await this.sourcesOf(identity), sources));
  }

  /** All of a kind that has happened so far, oldest first. */
  async noted<Detail>(kind: string): Promise<(Noted & Detail)[]> {
    return (await this.call<(Noted & Detail)[]>("events")).filter((event) => event.kind === kind);
  }

  happened(kind: string, detail: Record<string, unknown> = {}, ms?: number): Promise<Noted> {
    return until(
      `event ${kind} ${JSON.stringify(detail)}`,
      async () =>
        (await this.noted(kind)).find((event) => Object.entries(detail).every(([key, value]) => event[key] === value)),
      ms,
    );
  }
}
