import assert from "node:assert/strict";
import { test } from "node:test";
import { MeetingState, SeatId } from "@raadhuis/meeting";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { NotUpgraded } from "../testing/line.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24070;

test("behind closed doors", async (t) => {
  const house = await houseFor(t, testSettings(PORT), { graceMs: 200 });
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const [chairLink, memberLink, , citizenLink] = links.map(({ link }) => link);
  const chair = await new Visitor(house.url).sit(chairLink!);
  const state = await chair.welcome();
  const member = await new Visitor(house.url).sit(memberLink!);
  await member.welcome();
  const visitor = new Visitor(house.url);
  const citizen = await visitor.sit(citizenLink!);
  const citizenPath = `/api/seats/${links[3]!.seat}/socket`;
  await citizen.welcome();
  await chair.command({ type: "openMeeting" });
  await citizen.event("meeting.opened");
  const known = citizen.place;

  await t.test("whoever does not belong is put out; whoever stays gets a ticket for the new room", async () => {
    assert.equal((await chair.command({ type: "closeDoors" })).type, "done");
    const { code, outside } = await citizen.next("out");
    assert.equal(code, "doors.closed");
    assert.deepEqual([outside?.title, outside?.seat.name], ["Raadsvergadering", "Dirk Inwoner"]);
    assert.equal((await member.ticket(({ epoch }) => epoch === 3)).room, `${meeting}-3`);
  });

  await t.test(
    "nothing of the closed part reaches whoever is out, nor on a new socket; they can command nothing",
    async () => {
      citizen.heard.length = 0;
      await chair.command({ type: "startItem", item: state.agenda[1]!.id });
      const told = new Set<string>();
      for (let version = known.since; version < known.since + 4; version++) {
        const answer = await citizen.command({ type: "raiseHand" }, { version });
        told.add(answer.type === "refused" ? answer.code : answer.type);
      }
      assert.deepEqual([...told], ["seat.not-admitted"], "which version is the present one is not told either");
      citizen.say({ type: "ticket" });
      const back = await visitor.open(citizenPath, { known });
      assert.equal((await back.next("out")).code, "doors.closed");
      await member.event("item.started");
      // That the line lives is told to everybody.
      const heard = [...back.heard, ...citizen.heard].filter(({ type }) => type !== "beat");
      assert.deepEqual(heard, []);
      await back.close();
    },
  );

  await t.test("let in again they get the state as it is now, never the events of the closed part", async () => {
    await chair.command({ type: "openDoors" });
    const welcome = await citizen.next("welcome");
    assert.equal(welcome.events, undefined);
    const { epoch, version } = MeetingState.parse(welcome.state);
    assert.deepEqual([epoch.doors, version], ["open", 1], "nor does a number tell how much there was of it");
    assert.equal((await citizen.ticket()).epoch, 4);
    // Nor by asking for what came after each number there may be.
    for (let since = known.since; since < known.since + 8; since++) {
      const later = await visitor.open(citizenPath, { known: { ...known, since } });
      assert.ok((await later.next("welcome")).state, `since ${since}`);
      await later.close();
    }
  });

  await t.test("a removed person hears so, and nothing of theirs opens anything again", async () => {
    assert.equal((await chair.command({ type: "removeSeat", seat: links[3]!.seat })).type, "done");
    assert.equal((await citizen.next("out")).code, "seat.removed");
    await citizen.closed;
    await assert.rejects(visitor.open(citizenPath), (error) => error instanceof NotUpgraded && error.status === 401);
    assert.equal((await visitor.get(`/api/seats/${links[3]!.seat}`)).status, 401);
    await assert.rejects(new Visitor(house.url).redeem(citizenLink!), /link.unknown/);
    const anew = await clerk.post(`/api/office/meetings/${meeting}/seats/${links[3]!.seat}/link`);
    assert.deepEqual([anew.status, (anew.body as { code: string }).code], [403, "seat.removed"]);
  });

  await t.test("readmitted they come in by a new link only", async () => {
    await chair.command({ type: "readmitSeat", seat: links[3]!.seat });
    await assert.rejects(new Visitor(house.url).redeem(citizenLink!), /link.unknown/);
    const { body } = await clerk.post(`/api/office/meetings/${meeting}/seats/${links[3]!.seat}/link`);
    const again = await new Visitor(house.url).sit((body as { link: string }).link);
    await again.welcome();
    await again.close();
  });

  await t.test("whoever is gone leaves, after a while", async () => {
    await member.close();
    const left = new Set<unknown>();
    while (left.size < 2)
      for (const seat of SeatId.array().parse((await chair.event("seat.left")).structure.seats)) left.add(seat);
    assert.deepEqual(left, new Set([links[1]!.seat, links[3]!.seat]));
  });

  await t.test("the end is heard, and then the socket closes", async () => {
    const late = new Visitor(house.url);
    const seat = await late.redeem(chairLink!);
    await chair.command({ type: "endMeeting" });
    await chair.event("meeting.ended");
    assert.equal((await chair.next("out")).code, "meeting.ended");
    await chair.closed;
    assert.equal((await (await late.open(`/api/seats/${seat}/socket`)).next("out")).code, "meeting.ended");
  });
});
