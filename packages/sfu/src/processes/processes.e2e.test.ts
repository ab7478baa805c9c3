import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { RoomEvent } from "@livekit/rtc-node";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { Processes } from "../../contract/kit/processes.ts";
import { freePort } from "../../contract/kit/server.ts";
import { endSynthetics, Synthetic } from "../../contract/kit/synthetic.ts";
import { until } from "../../contract/kit/wait.ts";

const api = { key: "processes", secret: "a secret of the test's own" };
const pictures = { north: [81, 90, 240], south: [145, 54, 34] } satisfies Record<
  string,
  readonly [number, number, number]
>;
/** A machine that starts three processes at once shows no frame for a while; that nobody reconnects is seen by events. */
const stillMs = 20_000;

describe("several media processes behind one address", { timeout: 600_000 }, () => {
  let processes: Processes;
  let url: string;
  let rooms: RoomServiceClient;
  const everybody: Synthetic[] = [];

  before(async () => {
    const port = await freePort();
    processes = await Processes.start(port, 2, {
      RAADHUIS_PUBLIC_IP: "127.0.0.1",
      RAADHUIS_LOG: "error",
      LIVEKIT_API_KEY: api.key,
      LIVEKIT_API_SECRET: api.secret,
    });
    url = `ws://127.0.0.1:${port}`;
    rooms = new RoomServiceClient(`http://127.0.0.1:${port}`, api.key, api.secret);
  });
  after(async () => {
    await Promise.all(everybody.map((person) => person.leave()));
    await endSynthetics();
    await processes.stop();
  });

  const ticket = (identity: string, room: string): Promise<string> => {
    const token = new AccessToken(api.key, api.secret, { identity, ttl: 60 });
    token.addGrant({ roomJoin: true, room });
    return token.toJwt();
  };

  async function enter(identity: string, room: string, at = url): Promise<Synthetic> {
    const person = new Synthetic();
    everybody.push(person);
    await person.join(at, await ticket(identity, room));
    return person;
  }

  /** Which process has this room: the one whose own list has it. */
  async function carrierOf(room: string): Promise<string> {
    const lists = await Promise.all(
      ["1", "2"].map(async (part) => {
        const own = new RoomServiceClient(`http://127.0.0.1:${processes.portOf(part)}`, api.key, api.secret);
        return { part, names: (await own.listRooms()).map(({ name }) => name) };
      }),
    );
    const having = lists.filter(({ names }) => names.includes(room));
    assert.equal(having.length, 1, `${room}: ${JSON.stringify(lists)}`);
    return having[0]?.part ?? "";
  }

  it("gives two rooms to two processes, and lists and finds both", async () => {
    for (const [room, picture] of Object.entries(pictures)) {
      const speaker = await enter(`speaker of ${room}`, room);
      const listener = await enter(`listener of ${room}`, room);
      await speaker.show(...picture);
      await listener.sees(`speaker of ${room}/1`, ...picture);
    }
    assert.notEqual(await carrierOf("north"), await carrierOf("south"));
    assert.deepEqual((await rooms.listRooms()).map(({ name }) => name).sort(), ["north", "south"]);
    assert.equal((await rooms.listParticipants("south")).length, 2);
    await rooms.updateRoomMetadata("north", "told");
    assert.equal((await rooms.listRooms(["north"]))[0]?.metadata, "told");
    await assert.rejects(rooms.listParticipants("west").then((people) => assert.ok(people.length > 0)));
    const http = url.replace("ws:", "http:");
    const metrics = await (await fetch(`${http}/metrics`)).text();
    for (const process of [1, 2])
      assert.match(metrics, new RegExp(`^raadhuis_sfu_rooms\\{process="${process}"\\} 1$`, "m"));
    const list = await (await fetch(`${http}/debug/rooms`)).text();
    for (const room of Object.keys(pictures)) assert.ok(list.includes(`href="/debug/rooms/${room}"`), list);
    for (const room of Object.keys(pictures))
      assert.ok((await (await fetch(`${http}/debug/rooms/${room}`)).text()).includes(`<title>${room}</title>`));
  });

  it("brings those of a process that died back by themselves, and those of the other notice nothing", async () => {
    const [, northern, , southern] = everybody;
    assert.ok(northern && southern);
    const noticed: string[] = [];
    for (const event of [RoomEvent.Reconnecting, RoomEvent.Disconnected])
      southern.room.on(event, () => noticed.push(event));
    const watch = longestGap(southern, "speaker of south/1");
    const first = new Set([...northern.room.remoteParticipants.values()].map(({ sid }) => sid));
    await processes.kill(await carrierOf("north"));
    await until(
      "the speaker anew",
      () => [...northern.room.remoteParticipants.values()].some(({ sid }) => !first.has(sid)),
      120_000,
    );
    northern.pictures.clear();
    await northern.sees("speaker of north/1", ...pictures.north);
    const gap = watch();
    await processes.allReady();
    assert.deepEqual(noticed, []);
    assert.ok(gap < stillMs, `the other room stood still for ${gap} ms`);
  });

  it("goes on when the front dies: media flow, people come back, and rooms stay where they are", async () => {
    const [, northern, , southern] = everybody;
    assert.ok(northern && southern);
    const before = [await carrierOf("north"), await carrierOf("south")];
    // This client neither sends nor shows pictures while it has no socket: two whose sockets are whole look.
    const behind = `ws://127.0.0.1:${processes.portOf(before[1] ?? "")}`;
    const [player, witness] = [await enter("player", "south", behind), await enter("witness", "south", behind)];
    await player.show(...pictures.north);
    await witness.sees("player/1", ...pictures.north);
    const watch = longestGap(witness, "player/1");
    await processes.kill("front");
    await processes.allReady();
    const late = await enter("late", "south");
    await late.sees("speaker of south/1", ...pictures.south);
    const gap = watch();
    assert.ok(gap < stillMs, `the room stood still for ${gap} ms`);
    assert.deepEqual([await carrierOf("north"), await carrierOf("south")], before);
    await until("their sockets again", async () => {
      await rooms.updateRoomMetadata("south", "heard");
      return southern.room.metadata === "heard";
    });
  });

  it("knows in every process that a room was deleted and whose tickets were taken back, also in one that began since", async () => {
    const old = { deleted: await ticket("old", "north"), taken: await ticket("taken", "south") };
    const next = Math.floor(Date.now() / 1000) + 1;
    await until("the next second", () => Date.now() / 1000 >= next);
    await rooms.deleteRoom("north");
    await rooms.removeParticipant("south", "taken", { revokeTokenTs: BigInt(next) }).catch(() => {});
    await processes.kill("2");
    await processes.allReady();
    for (const part of ["1", "2"])
      for (const token of Object.values(old)) {
        const validate = () =>
          fetch(`http://127.0.0.1:${processes.portOf(part)}/rtc/validate?access_token=${token}`).then((r) => r.text());
        await until(`${part} to know`, async () => (await validate()) === "ticket.revoked");
      }
  });
});

/** How long no frame came of this picture, at the longest, until it is asked, ms. */
function longestGap(person: Synthetic, key: string): () => number {
  let frames = -1;
  let since = Date.now();
  let longest = 0;
  const timer = setInterval(look, 10);
  function look() {
    const now = person.pictures.get(key)?.frames ?? 0;
    longest = Math.max(longest, Date.now() - since);
    if (now === frames) return;
    frames = now;
    since = Date.now();
  }
  return () => {
    clearInterval(timer);
    look();
    return longest;
  };
}
