import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { askBy, clientOf, pathTo } from "@raadhuis/client";
import { Visit } from "@raadhuis/client/node";
import { sockets } from "@raadhuis/protocol/http";
import { CLOSE_LEFT, type ClientMessage, PROTOCOL_VERSION } from "@raadhuis/protocol/socket";
import type { LongMeeting } from "@raadhuis/server/testing/longMeeting.ts";
import type { WebSocket } from "ws";
import { percentile, type Row, rowOf } from "../result.ts";

/** The most that the house lets one seat have open. */
const PAGES_OF_A_SEAT = 16;
const EVENTS = 12;
const REACHED_MS = 10_000;
/** Those who come within a second arrive together, and all are told. */
const ARRIVED_MS = 5_000;

/** Pages that hear events and read nothing in them: what is measured is the server, and the kernel between. */
class Crowd {
  readonly #sockets: WebSocket[] = [];
  /** Of the present event, ms of the monotonic clock. */
  heardAt: number[] = [];

  async join(visit: Visit, seat: string, localAddress: string): Promise<void> {
    const socket = visit.socket(pathTo(sockets.seat, { seat }), { localAddress });
    this.#sockets.push(socket);
    await once(socket, "open");
    const welcomed = Promise.withResolvers<void>();
    socket.on("close", (code) => welcomed.reject(new Error(`A page was closed by ${code}.`)));
    socket.on("message", (data: Buffer) => {
      const head = data.subarray(0, 24).toString();
      if (head.startsWith('{"type":"events"')) this.heardAt.push(performance.now());
      else if (head.startsWith('{"type":"welcome"')) welcomed.resolve();
    });
    socket.send(JSON.stringify({ type: "hello", protocol: PROTOCOL_VERSION, since: 0 }));
    await welcomed.promise;
  }

  get size(): number {
    return this.#sockets.length;
  }

  say(nth: number, message: ClientMessage): void {
    this.#sockets[nth]?.send(JSON.stringify(message));
  }

  leave(): void {
    for (const socket of this.#sockets) socket.removeAllListeners("close").close(CLOSE_LEFT);
  }
}

/** Nobody has thousands of pages behind one address, and the house would slow them down. */
const addressOf = (index: number): string => `127.0.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`;

/** One event to thousands of pages, sixteen of each seat: from the command to each of them. */
export async function fanOutToCrowd(
  url: string,
  { meeting, seats }: LongMeeting,
  log: (line: string) => void,
): Promise<Row> {
  const crowd = new Crowd();
  for (const [index, { seat, secret }] of seats.entries()) {
    const visit = new Visit(url);
    const redeemed = await clientOf(askBy(visit.send)).seats.redeem({ body: { meeting, secret } });
    if (!redeemed.ok) throw new Error(`A link was refused: ${redeemed.code}`);
    for (let n = 0; n < PAGES_OF_A_SEAT; n++) await crowd.join(visit, seat, addressOf(index));
  }
  // Hands are raised by seats that are in, another one each time.
  const hands = Array.from({ length: EVENTS }, (_, n) => (1 + n) * PAGES_OF_A_SEAT);
  for (const nth of hands) crowd.say(nth, { type: "enter" });
  await sleep(ARRIVED_MS);
  const samples: number[] = [];
  for (const nth of hands) {
    crowd.heardAt = [];
    const at = performance.now();
    crowd.say(nth, { type: "command", id: crypto.randomUUID(), command: { type: "raiseHand" } });
    for (const end = at + REACHED_MS; crowd.heardAt.length < crowd.size; await sleep(1))
      if (performance.now() > end)
        throw new Error(`An event reached ${crowd.heardAt.length} of ${crowd.size} pages within ${REACHED_MS} ms.`);
    const heard = crowd.heardAt.map((heard) => heard - at);
    samples.push(percentile(heard, 0.95));
    await sleep(500);
  }
  const what = `one event to ${crowd.size} pages`;
  crowd.leave();
  const row = rowOf({ subject: "raadhuis", case: what, metric: "fanout_crowd_p95", unit: "ms" }, samples);
  log(`${row.metric}: ${row.median} ms (${row.min} to ${row.max})`);
  return row;
}
