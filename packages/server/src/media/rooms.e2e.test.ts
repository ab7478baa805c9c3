import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { CLOSE_LEFT } from "@raadhuis/protocol/socket";
import { AccessToken, RoomServiceClient, type TrackSource } from "livekit-server-sdk";
import { houseFor, KEYS, planMeeting, setUp, testSettings } from "../testing/house.ts";
import type { Line } from "../testing/line.ts";
import { refusalOf, Signalling, startLiveKit, startMediaServer } from "../testing/mediaserver.ts";
import { threeRooms } from "../testing/threeRooms.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24600;
const LIVEKIT = process.env.RAADHUIS_TEST_LIVEKIT ?? "";
const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = KEYS;

/** Sooner than any media server lets go of whoever answers no ping. */
async function soon(holds: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (const end = Date.now() + 20_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 20)))
    assert.ok(Date.now() < end, `It did not come to be: ${what}`);
}

const isOpen = (media: Signalling | undefined) => media?.socket.readyState === media?.socket.OPEN;

/** A meeting of four in three rooms, and all of them in every room of theirs. */
async function threeRoomsAt(t: TestContext, port: number, url: string, more: Record<string, string>) {
  const settings = testSettings(port, more);
  const house = await houseFor(t, settings, { occupancy: threeRooms, mediaGraceMs: 60_000 });
  const { meeting, links } = await planMeeting(await setUp(house));
  const api = new RoomServiceClient(url.replace(/^ws/, "http"), key, secret, { requestTimeout: 20 });
  const seats = links.map(({ seat }) => seat);
  const visitors = links.map(() => new Visitor(house.url));
  const lines = await Promise.all(visitors.map((visitor, index) => visitor.sit(links[index]!.link)));
  const [chair] = lines;
  for (const line of lines) await line.ticket();
  assert.equal((await chair!.command({ type: "openMeeting" })).type, "done");
  const short = (room: string) => room.slice(`${meeting}-2`.length).replace("-", "") || "main";
  /** The rooms of the next list of tickets, and their tickets. */
  const told = async (line: Line) => {
    const { tickets } = await line.next("media");
    return new Map(tickets.map(({ room, token }) => [short(room), token]));
  };
  const asked = (line: Line) => {
    line.heard.length = 0;
    line.say({ type: "ticket" });
    return told(line);
  };
  const join = async (token: string) => {
    const media = await Signalling.open(house.url, token);
    await media.next("join");
    return media;
  };
  /** Who is where. */
  const there = async () => {
    const found: Record<string, number[]> = {};
    for (const { name } of await api.listRooms()) {
      if (!name.startsWith(meeting)) continue;
      const people = await api.listParticipants(name).catch(() => []);
      found[short(name)] = people.map(({ identity }) => seats.indexOf(identity)).sort();
    }
    return found;
  };
  const come = async (line: Line, tickets?: Map<string, string>) => {
    const media = new Map<string, Signalling>();
    for (const [room, token] of tickets ?? (await asked(line))) media.set(room, await join(token));
    return media;
  };
  return { settings, house, meeting, seats, links, visitors, lines, api, told, asked, join, there, come };
}

function roomsOn(name: string, { skip, start }: { skip: boolean | string; start: typeof ours }): void {
  test(`three rooms at once, on ${name}`, { skip }, async (t) => {
    const { port, url, more } = await start(t);
    const at = await threeRoomsAt(t, port, url, more);
    const { settings, house, meeting, seats, visitors, lines, api, told, asked, there, come } = at;
    const [chair, bram, carla, dirk] = lines as [Line, Line, Line, Line];
    const names = { main: `${meeting}-2`, left: `${meeting}-2-left`, right: `${meeting}-2-right` };
    const everybody = { main: [0, 1], left: [0, 2], right: [1, 3] };
    const isSo = async (wanted: object) => {
      const sorted = (of: object) => JSON.stringify(Object.entries(of).sort());
      return sorted(await there()) === sorted(wanted);
    };
    const media: Map<string, Signalling>[] = [];
    const forge = async (identity: string, room: string, session: string, sources: TrackSource[] = []) => {
      const token = new AccessToken(key, secret, { identity, ttl: 60, attributes: { session } });
      const rights = { canSubscribe: true, canPublishData: false, canUpdateOwnMetadata: false };
      token.addGrant({
        roomJoin: true,
        room,
        ...rights,
        canPublish: sources.length > 0,
        ...(sources.length > 0 ? { canPublishSources: sources } : {}),
      });
      return token.toJwt();
    };
    const sessionIn = (token: string): string =>
      JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString()).attributes.session;

    await t.test("each page gets a ticket for each room of its seat, and is in all of them at once", async () => {
      const rooms = [["main", "left"], ["main", "right"], ["left"], ["right"]];
      for (const [index, line] of lines.entries()) {
        const tickets = await told(line);
        assert.deepEqual([...tickets.keys()], rooms[index]);
        media.push(await come(line, tickets));
      }
      assert.ok(await isSo(everybody), JSON.stringify(await there()));
    });

    await t.test("no other room opens, by whatever ticket", async () => {
      const belongs = [["main", "left"], ["main", "right"], ["left"], ["right"]];
      for (const [index, line] of lines.entries()) {
        const [token] = (await asked(line)).values();
        const session = sessionIn(token!);
        for (const [room, name] of [...Object.entries(names), ["none", `${meeting}-2-none`] as const]) {
          if (belongs[index]!.includes(room)) continue;
          const answer = await refusalOf(Signalling.open(house.url, await forge(seats[index]!, name, session)));
          assert.equal(answer, "403 ticket.wrong-room");
        }
      }
      assert.ok(await isSo(everybody), JSON.stringify(await there()));
    });

    await t.test("a right is given in the room that its seat is in, and its page hears of which", async () => {
      const given = async () => (await chair.command({ type: "giveFloor", seat: seats[3]! })).type === "done";
      await soon(given, "the citizen counts as present");
      const { room, publish } = await dirk.next("rights");
      assert.deepEqual([room, publish.length], [names.right, 4]);
      assert.equal((await api.getParticipant(names.right, seats[3]!)).permission?.canPublish, true);
      await chair.command({ type: "takeFloor", seat: seats[3]! });
      assert.deepEqual((await dirk.next("rights")).publish, []);
    });

    await t.test("a server that starts deletes what is no room, and puts out whoever does not belong", async () => {
      const [token] = (await asked(carla)).values();
      const strays = [
        await forge(seats[2]!, names.main, sessionIn(token!)),
        await forge(seats[2]!, names.right, sessionIn(token!)),
        await forge(seats[0]!, `${meeting}-2-none`, "none"),
        await forge("egress", names.left, "none"),
      ];
      for (const stray of strays) await (await Signalling.open(url.replace(/^ws/, "http"), stray)).next("join");
      assert.ok(!(await isSo(everybody)), "the strays are in");
      const again = testSettings(port + 10, { ...more, LIVEKIT_URL: url, RAADHUIS_DATA: settings.data });
      await houseFor(t, again, { occupancy: threeRooms });
      await soon(() => isSo(everybody), "each room has those who belong, and no other room is there");
    });

    await t.test("whoever leaves is heard in none of their rooms any more", async () => {
      bram.socket.close(CLOSE_LEFT);
      await Promise.all([...media[1]!.values()].map(({ closed }) => closed));
      await soon(() => isSo({ ...everybody, main: [0], right: [3] }), "they are out of both");
      const back = await visitors[1]!.open(`/api/seats/${seats[1]!}/socket`);
      lines[1] = back;
      media[1] = await come(back, await told(back));
      assert.ok(await isSo(everybody), JSON.stringify(await there()));
    });

    await t.test("whoever loses one room is out of it at once, and stays in the other", async () => {
      const line = lines[1]!;
      const old = await asked(line);
      await soon(async () => (await line.command({ type: "raiseHand" })).type === "done", "they count as present");
      assert.deepEqual([...(await told(line)).keys()], ["main"]);
      await media[1]!.get("right")!.closed;
      await soon(() => isSo({ ...everybody, right: [3] }), "they are out of the one");
      assert.equal(await refusalOf(Signalling.open(house.url, old.get("right")!)), "403 ticket.wrong-room");
      assert.ok(isOpen(media[1]!.get("main")));
    });

    await t.test(
      "rooms that are over are deleted; whoever was in them moves, whoever stays is not disturbed",
      async () => {
        for (const line of [carla, dirk]) line.heard.length = 0;
        const [item] = (await visitors[0]!.open(`/api/seats/${seats[0]!}/socket`).then((line) => line.welcome()))
          .agenda;
        assert.equal((await chair.command({ type: "startItem", item: item!.id })).type, "done");
        for (const line of [carla, dirk]) {
          const tickets = await told(line);
          assert.deepEqual([...tickets.keys()], ["main"]);
          await come(line, tickets);
        }
        await soon(() => isSo({ main: [0, 1, 2, 3] }), "all are in one room, and there is no other");
        assert.ok(isOpen(media[0]!.get("main")) && isOpen(media[1]!.get("main")));
      },
    );
  });
}

async function ours(t: TestContext): Promise<{ port: number; url: string; more: Record<string, string> }> {
  await startMediaServer(t, PORT);
  return { port: PORT, url: `ws://127.0.0.1:${PORT + 2}`, more: {} };
}

async function liveKit(t: TestContext): ReturnType<typeof ours> {
  const url = await startLiveKit(t, PORT + 40, LIVEKIT);
  return { port: PORT + 20, url, more: { LIVEKIT_URL: url } };
}

roomsOn("our own media server", { skip: false, start: ours });
roomsOn("a LiveKit server", { skip: !existsSync(LIVEKIT) && "RAADHUIS_TEST_LIVEKIT is not set", start: liveKit });
