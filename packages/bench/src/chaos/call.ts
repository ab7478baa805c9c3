import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPerson, type Person } from "@raadhuis/tests/lib/browser.ts";
import { until } from "@raadhuis/tests/lib/wait.ts";
import { writeCapture } from "./capture.ts";
import { fair } from "./cases.ts";
import type { Engine } from "./engines.ts";
import { type Relay, startRelay } from "./relay.ts";

/** What the subscriber has received so far; see page.js. */
export interface Received {
  /** ms of the wall clock. */
  at: number;
  port: number | null;
  samples: number;
  concealed: number;
  /** s */
  frozen: number;
  frames: number;
  height: number;
  detail: Record<string, number | undefined>;
}

/** Two browsers, one that publishes and one that watches, in calls over any engine. */
export interface Callers {
  call(engine: Engine, room: string, seed: number): Promise<Call>;
  close(): Promise<void>;
}

export interface Call {
  publisher: Relay;
  subscriber: Relay;
  received(): Promise<Received>;
  /** What the publisher has sent so far; see page.js. */
  sent(): Promise<Record<string, number>>;
  /** ms of the wall clock of each frame shown since the last call. */
  shown(): Promise<number[]>;
  /** What the subscriber was told of its picture: "paused", "active". */
  states(): Promise<string[]>;
  end(): Promise<void>;
}

/** `speaks`: somebody real is seen and heard, by ffmpeg and espeak-ng; otherwise Chromium's own test picture and beep. */
export async function openCallers({ speaks = true } = {}): Promise<Callers> {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-chaos-"));
  const pages = await servePages();
  const captured = speaks ? flagsOf(writeCapture(folder)) : [];
  const people = [
    await openPerson({ name: "publisher", flags: [...captured, "--use-fake-ui-for-media-stream"] }),
    await openPerson({ name: "subscriber" }),
  ] as const;
  return {
    call: (engine, room, seed) => begin(people, pages.url, engine, room, seed),
    async close() {
      for (const person of people) await person.close();
      await pages.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const flagsOf = ({ video, audio }: { video: string; audio: string }): string[] => [
  `--use-file-for-fake-video-capture=${video}`,
  `--use-file-for-fake-audio-capture=${audio}`,
];

/** Over fair ways, until the picture is as large as it gets. */
async function begin(
  [publisher, subscriber]: readonly [Person, Person],
  url: string,
  engine: Engine,
  room: string,
  seed: number,
): Promise<Call> {
  const relays = [await startRelay(engine.udpPort, seed), await startRelay(engine.udpPort, seed + 1000)] as const;
  const close = async () => {
    for (const person of [publisher, subscriber]) await person.page.goto("about:blank");
    for (const relay of relays) await relay.close();
  };
  try {
    for (const relay of relays) relay.set(fair);
    await meet([publisher, subscriber], relays, url, engine, room);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    publisher: relays[0],
    subscriber: relays[1],
    received: () => ask<Received>(subscriber, "received"),
    sent: () => ask<Record<string, number>>(publisher, "sent"),
    shown: () => ask<number[]>(subscriber, "shown"),
    states: () => ask<string[]>(subscriber, "states"),
    end: close,
  };
}

async function meet(
  [publisher, subscriber]: readonly [Person, Person],
  relays: readonly [Relay, Relay],
  url: string,
  engine: Engine,
  room: string,
): Promise<void> {
  for (const [index, person] of [publisher, subscriber].entries()) {
    await person.page.goto(url);
    const ticket = await engine.ticket(room, person.name);
    await ask(person, "join", engine.url, ticket, engine.udpPort, relays[index]?.port);
  }
  await ask(publisher, "publish");
  const received = () => ask<Received>(subscriber, "received");
  await until("the whole picture", async () => (await received()).height === 360, 30_000);
  // By another way, what is done to packets would befall none.
  await until("media by the relay", async () => (await received()).port === relays[1].port);
}

const ask = <T>(person: Person, name: string, ...args: unknown[]): Promise<T> =>
  person.page.evaluate(`window.kit.${name}(${args.map((arg) => JSON.stringify(arg)).join(",")})`) as Promise<T>;

async function servePages(): Promise<{ url: string; close(): Promise<void> }> {
  const files: Record<string, { path: string; type: string }> = {
    "/": { path: join(import.meta.dirname, "page.html"), type: "text/html" },
    "/page.js": { path: join(import.meta.dirname, "page.js"), type: "text/javascript" },
    "/livekit-client.umd.js": {
      path: createRequire(import.meta.url).resolve("livekit-client"),
      type: "text/javascript",
    },
  };
  const server = createServer(async (request, response) => {
    const file = files[request.url ?? ""];
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": file.type }).end(await readFile(file.path));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
