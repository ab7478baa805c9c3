import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Trail, type TrailEntry, TrailNews } from "@raadhuis/protocol/http";
import { CLERK, houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24330;

const line = ({ kind, result, count, clerk, seat }: TrailEntry) =>
  [kind, result, count, clerk?.email ?? seat?.name ?? null] as const;

test("the trail of access in the office", async (t) => {
  const house = await houseFor(t, testSettings(PORT));
  const stranger = new Visitor(house.url);
  await stranger.post("/api/office/setup", {
    secret: "not the one",
    body: "B",
    clerk: { name: "X", ...CLERK },
  });
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const [chair] = links;
  const look = async (query = "") => Trail.parse((await clerk.get(`/api/office/trail${query}`)).body);
  const news = async () => TrailNews.parse((await clerk.get("/api/office/trail/news")).body);
  /** What was noted since the clerk last looked, newest first, and the clerk has looked. */
  const fresh = async () => {
    const { entries, seen } = await look();
    assert.equal((await clerk.post("/api/office/trail/seen")).status, 204);
    return entries.filter(({ last }) => last > (seen ?? 0)).map(line);
  };

  await t.test("begins with the set-up, and who tried it", async () => {
    assert.deepEqual((await fresh()).sort(), [
      ["house.set-up", "done", 1, CLERK.email],
      ["house.set-up", "link.unknown", 1, null],
    ]);
  });

  await t.test(
    "has passwords that were wrong for a known account, and for no account without what was typed",
    async () => {
      for (const wrong of [
        { ...CLERK, password: "x" },
        { ...CLERK, password: "y" },
        { email: "somebody@else.example", password: "x" },
      ])
        await stranger.post("/api/office/sign-in", wrong);
      await new Visitor(house.url).post("/api/office/sign-in", CLERK);
      const { entries } = await look();
      assert.ok(!JSON.stringify(entries).includes("else.example"));
      assert.ok(entries.every(({ network }) => network === "127.0.0.1" || network === "::/64"));
      assert.deepEqual((await fresh()).sort(), [
        ["office.sign-in", "done", 1, CLERK.email],
        ["office.sign-in", "office.wrong-credentials", 1, null],
        ["office.sign-in", "office.wrong-credentials", 2, CLERK.email],
      ]);
    },
  );

  await t.test("has sign-in links made, used, used again and unknown, and signing out", async () => {
    const { body } = await clerk.post("/api/office/sign-in-links");
    const secret = new URL((body as { link: string }).link).hash.slice(1);
    const other = new Visitor(house.url);
    await other.post("/api/office/sign-in", { secret });
    await stranger.post("/api/office/sign-in", { secret });
    await stranger.post("/api/office/sign-in", { secret: "x" });
    await other.post("/api/office/sign-out");
    await stranger.post("/api/office/sign-out");
    assert.deepEqual((await fresh()).sort(), [
      ["office.link-made", "done", 1, CLERK.email],
      ["office.sign-in-by-link", "done", 1, CLERK.email],
      ["office.sign-in-by-link", "link.unknown", 1, null],
      ["office.sign-in-by-link", "office.link-used", 1, CLERK.email],
      ["office.sign-out", "done", 1, CLERK.email],
    ]);
  });

  await t.test("has personal links opened, unknown and replaced, by seat and meeting", async () => {
    await new Visitor(house.url).redeem(chair!.link);
    await stranger.post("/api/seats/redeem", { meeting, secret: "x" });
    await clerk.post(`/api/office/meetings/${meeting}/seats/${chair!.seat}/link`);
    const { entries } = await look();
    const opened = entries.find(({ kind, result }) => kind === "seat.redeem" && result === "done");
    assert.equal(opened?.seat?.meeting, meeting);
    const seen = (await fresh()).sort();
    assert.deepEqual(seen.slice(0, 3), [
      ["seat.link-made", "done", 1, CLERK.email],
      ["seat.redeem", "done", 1, chair!.name],
      ["seat.redeem", "link.unknown", 1, null],
    ]);
  });

  await t.test("has sessions of a seat that ended to make room for others", async () => {
    for (let n = 0; n < 12; n++) await new Visitor(house.url).redeem(links[1]!.link);
    await fresh();
    await new Visitor(house.url).redeem(links[1]!.link);
    assert.deepEqual((await fresh()).sort(), [
      ["seat.redeem", "done", 1, links[1]!.name],
      ["seat.session-ended", "session.cap", 1, links[1]!.name],
    ]);
  });

  await t.test(
    "tells the office of guessing since the clerk last looked, also by whoever hangs up before the answer",
    async () => {
      assert.equal((await news()).guessing, false);
      for (let n = 0; n < 4; n++) await stranger.post("/api/office/sign-in", { ...CLERK, password: `guess ${n}` });
      await hangUp({ email: "nobody@else.example", password: "x" });
      const deadline = Date.now() + 30_000;
      while ((await news()).failed < 5 && Date.now() < deadline) await pause(50);
      const { failed, networks, guessing } = await news();
      assert.deepEqual([failed, networks, guessing], [5, 1, true]);
      await clerk.post("/api/office/trail/seen");
      assert.deepEqual(await news(), { failed: 0, networks: 0, more: false, since: null, guessing: false });
      const { entries } = await look("?failed=true");
      assert.ok(entries.length > 4 && entries.every(({ result }) => result !== "done"));
      assert.equal((await clerk.get("/api/office/trail?page=0")).status, 400);
    },
  );

  await t.test("is for the office alone", async () => {
    for (const path of ["/api/office/trail", "/api/office/trail/news"])
      assert.equal((await stranger.get(path)).status, 401);
    assert.equal((await stranger.post("/api/office/trail/seen")).status, 401);
  });

  /** Signs in and is gone once the request is sent. */
  async function hangUp(body: unknown): Promise<void> {
    const text = JSON.stringify(body);
    const headers = { origin: house.url, "content-type": "application/json", "content-length": String(text.length) };
    const sent = Promise.withResolvers<void>();
    const asked = request(`${house.url}/api/office/sign-in`, { method: "POST", headers });
    asked.on("error", () => undefined);
    asked.on("close", () => sent.resolve());
    asked.end(text, () => setImmediate(() => asked.destroy()));
    await sent.promise;
  }
});
