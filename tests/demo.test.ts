import assert from "node:assert/strict";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { z } from "zod";
import { startHouse } from "./lib/house.ts";
import { linkParts, post, redeem, SeatSocket } from "./lib/visitor.ts";
import { until } from "./lib/wait.ts";

const folders: string[] = [];
const folder = async () => {
  const made = await mkdtemp(join(tmpdir(), "raadhuis-demo-"));
  folders.push(made);
  return made;
};
after(() => Promise.all(folders.map((made) => rm(made, { recursive: true, force: true }))));

const Arrived = z.object({ type: z.literal("seat.arrived"), structure: z.object({ seats: z.array(z.string()) }) });

/** Seats whose people have arrived, as the chair's page is told. */
async function present(socket: SeatSocket): Promise<number> {
  return until("two people", () => {
    const before = JSON.stringify(socket.heard).match(/"present":true/g)?.length ?? 0;
    const events = socket.heard.flatMap((message) => (message.type === "events" ? message.events : []));
    const since = events.flatMap((event) => Arrived.safeParse(event).data?.structure.seats ?? []);
    const arrived = before + since.length;
    return arrived >= 3 ? arrived : null;
  });
}

/** Tracks that are sent into a room, as the media server draws it. */
async function tracksInto(port: number, room: string): Promise<number> {
  const list = await (await fetch(`http://127.0.0.1:${port}/debug/rooms`)).text();
  return Number(new RegExp(`>${room}</a></td><td[^>]*>\\d+</td><td[^>]*>(\\d+)<`).exec(list)?.[1] ?? 0);
}

test("a demo has nine links, lets people take part, and finds its links again at the next start", {
  timeout: 600_000,
}, async () => {
  const data = await folder();
  const first = await startHouse({ args: ["--demo", "--people", "2"], data });
  const links = [first.ready.chair, first.ready.clerk, first.ready.citizen, ...(first.ready.members ?? [])];
  try {
    assert.equal(new Set(links).size, 6, "the two seats that synthetic people have are not offered");
    assert.equal((await stat(join(data, "demo.json"))).mode & 0o777, 0o600);
    const chair = await SeatSocket.open(await redeem(first.ready.chair!));
    await present(chair);
    // In session, as bin/start --demo promises: opened, and at its first item.
    const said = () => JSON.stringify(chair.heard);
    await until("the meeting to be in session", () => /"phase":"open"|"meeting\.opened"/.test(said()));
    await until("an item", () => /"item\.started"|"item":"[a-z0-9]+"/.test(said()));
    const bothSendInto = (epoch: number) =>
      until("picture and sound of both", async () => {
        return (await tracksInto(first.port + 2, `${first.ready.meeting}-${epoch}`)) === 4;
      });
    await bothSendInto(2);
    const clerk = await SeatSocket.open(await redeem(first.ready.clerk!));
    assert.equal(await clerk.command({ type: "closeDoors" }), "done");
    await bothSendInto(3);
    for (const link of first.ready.members ?? []) await redeem(link);
  } finally {
    await first.stop();
  }
  const second = await startHouse({ args: ["--demo", "--people", "0"], data, port: first.port });
  try {
    assert.equal(second.ready.meeting, first.ready.meeting);
    assert.equal(second.ready.chair, first.ready.chair);
    assert.notEqual(second.ready.office, first.ready.office);
    const chair = await SeatSocket.open(await redeem(second.ready.chair!));
    assert.equal(await chair.command({ type: "openMeeting" }), "meeting.not-planned");
    assert.equal(await chair.command({ type: "endMeeting" }), "done");
  } finally {
    await second.stop();
  }
  const third = await startHouse({ args: ["--demo", "--people", "0"], data, port: first.port });
  try {
    assert.notEqual(third.ready.meeting, first.ready.meeting, "an old meeting that is over makes way for a new one");
    await redeem(third.ready.chair!);
  } finally {
    await third.stop();
  }
});

test("a demo refuses the data folder of a real body and leaves it as it was", { timeout: 600_000 }, async () => {
  const data = await folder();
  const real = await startHouse({ data });
  try {
    const { origin, secret } = linkParts(real.ready.office);
    const clerk = { name: "Griffier", email: "griffie@example.org", password: "een lang genoeg wachtwoord" };
    const answer = await post(origin, "/api/office/setup", { secret, body: "Echtdorp", clerk, demo: false });
    assert.equal(answer.status, 200);
  } finally {
    await real.stop();
  }
  await assert.rejects(startHouse({ args: ["--demo"], data }), /demo\.real-body/);
  await assert.rejects(stat(join(data, "demo.json")));
});
