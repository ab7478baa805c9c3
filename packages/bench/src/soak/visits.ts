import { setTimeout as sleep } from "node:timers/promises";
import { RoomServiceClient } from "livekit-server-sdk";
import { apiKey, ticket } from "../forward/subjects.ts";
import type { Worker } from "../load/workers.ts";

/** At loopback, where the media server announces itself. */
export const ip = "127.0.0.1";
/** They have somebody in them. */
const rooms = ["soak-1", "soak-2", "soak-3", "soak-4"];

/** Somebody who speaks in each room, and shows a picture in the first: it is coming and going that is tried here. */
export async function openRooms(hosts: Worker, url: string): Promise<void> {
  for (const [index, room] of rooms.entries())
    await hosts.tell({
      do: "livekit",
      cipher: "gcm",
      url,
      address: ip,
      token: await ticket(room),
      publish: { audio: true, video: index === 0 },
      picture: "small",
      receive: { audio: 0, video: 0 },
    });
}

/**
 * So many visits, `atOnce` at a time: two of three until packets arrive (real ICE, DTLS and SRTP), one in five publishes, one in ten by
 * AES-CM, one in eight to a room of its own, which is made and ended by it. `silently`: one in ten leaves without a word.
 */
export async function visitMany(
  worker: Worker,
  url: string,
  { count, atOnce, silently }: { count: number; atOnce: number; silently: boolean },
): Promise<void> {
  let begun = 0;
  const failures: string[] = [];
  const visit = async (index: number) => {
    const isAlone = index % 8 === 7;
    const publishes = index % 5 === 0;
    await worker.tell({
      do: "visit",
      cipher: index % 10 === 0 ? "cm" : "gcm",
      url,
      address: ip,
      token: await ticket(isAlone ? `soak-alone-${index % 50}` : rooms[index % rooms.length]),
      publish: { audio: publishes, video: publishes && index % 10 === 0 },
      receive: { audio: 2, video: 1 },
      stays: isAlone || index % 3 === 0 ? "answered" : "receiving",
      leaves: silently && index % 10 === 0 ? "silently" : "goodbye",
    });
  };
  const visitor = async () => {
    while (begun < count) {
      const index = begun++;
      // Now and then libdatachannel takes no answer ("remote candidate without ICE transport"): that visit counts, and is not looked at further.
      await visit(index).catch((error: Error) => failures.push(error.message));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, visitor));
  if (failures.length > Math.max(2, count / 20))
    throw new Error(`${failures.length} of ${count} visits failed, one of them so: ${failures[0]}`);
}

/** Those who went without a word are kept for half a minute. */
export async function everybodyLeft(url: string): Promise<void> {
  const api = new RoomServiceClient(url.replace("ws", "http"), apiKey.key, apiKey.secret);
  const until = Date.now() + 120_000;
  for (;;) {
    const present = await Promise.all(rooms.map((room) => api.listParticipants(room)));
    if (present.flat().length === rooms.length) break;
    if (Date.now() > until) throw new Error(`${present.flat().length} are still there after two minutes.`);
    await sleep(200);
  }
}
