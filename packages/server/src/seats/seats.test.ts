import assert from "node:assert/strict";
import { test } from "node:test";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { NotUpgraded } from "../testing/line.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24040;

test("a personal link is the way to one seat", async (t) => {
  const house = await houseFor(t, testSettings(PORT));
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const secretOf = (index: number) => new URL(links[index]!.link).hash.slice(1);

  await t.test("links hold 256 bits each, in the fragment", () => {
    for (const { link } of links) assert.match(link, new RegExp(`^${house.url}/m/${meeting}#[\\w-]{43}$`));
    assert.equal(new Set(links.map(({ link }) => link)).size, links.length);
  });

  await t.test("an unknown or altered link opens nothing and says so", async () => {
    const secret = secretOf(0);
    const altered = (secret.startsWith("A") ? "B" : "A") + secret.slice(1);
    for (const body of [
      { meeting, secret: altered },
      { meeting, secret: "" },
      { meeting: "abcdefgh23456789", secret },
      { meeting: "' or 1=1 --", secret },
    ]) {
      const answer = await new Visitor(house.url).post("/api/seats/redeem", body);
      assert.deepEqual([answer.status, (answer.body as { code: string }).code], [404, "link.unknown"]);
      assert.equal(answer.headers.getSetCookie().length, 0);
    }
  });

  await t.test("the seat's cookie is for this host, for its seat and for no script", async () => {
    const visitor = new Visitor(house.url);
    const seat = await visitor.redeem(links[0]!.link);
    const line = visitor.cookieLine(`seat-${seat}`) ?? "";
    assert.match(line, new RegExp(`^seat-${seat}=[\\w-]{43}; `));
    assert.match(line, new RegExp(`Path=/api/seats/${seat}(;|$)`));
    for (const attribute of ["HttpOnly", "SameSite=Strict"]) assert.ok(line.includes(attribute));
    assert.doesNotMatch(line, /Domain/i);
    assert.doesNotMatch(line, /Secure/);
    assert.notEqual(line.split("=")[1]?.split(";")[0], secretOf(0));
  });

  await t.test("several links work in one browser, each with its own seat", async () => {
    const visitor = new Visitor(house.url);
    const seats = [await visitor.redeem(links[0]!.link), await visitor.redeem(links[1]!.link)];
    for (const seat of seats) {
      const { status, body } = await visitor.get(`/api/seats/${seat}`);
      assert.deepEqual([status, body], [200, { meeting, seat }]);
    }
  });

  await t.test("one seat's cookie opens no other seat", async () => {
    const visitor = new Visitor(house.url);
    const seat = await visitor.redeem(links[0]!.link);
    const other = links[1]!.seat;
    const value = visitor.cookieLine(`seat-${seat}`)?.split(/[=;]/)[1];
    const { status, body } = await visitor.get(`/api/seats/${other}`, { cookie: `seat-${other}=${value}` });
    assert.deepEqual([status, (body as { code: string }).code], [401, "seat.no-session"]);
  });

  await t.test("a new link ends the old one, its sessions and its open pages", async () => {
    const visitor = new Visitor(house.url);
    const line = await visitor.sit(links[2]!.link);
    await line.welcome();
    const seat = links[2]!.seat;
    const { status, body } = await clerk.post(`/api/office/meetings/${meeting}/seats/${seat}/link`);
    assert.equal(status, 200);
    assert.equal((await line.next("out")).code, "seat.new-link");
    await line.closed;
    assert.equal((await visitor.get(`/api/seats/${seat}`)).status, 401);
    await assert.rejects(new Visitor(house.url).redeem(links[2]!.link), /link.unknown/);
    assert.equal(await new Visitor(house.url).redeem((body as { link: string }).link), seat);
  });

  await t.test("a new link is the office's to make", async () => {
    const path = `/api/office/meetings/${meeting}/seats/${links[2]!.seat}/link`;
    assert.equal((await new Visitor(house.url).post(path)).status, 401);
    const unknown = await clerk.post(`/api/office/meetings/${meeting}/seats/abcdefgh/link`);
    assert.deepEqual([unknown.status, (unknown.body as { code: string }).code], [404, "seat.unknown"]);
  });

  await t.test("without a session that lives there is no socket, and the answer says why", async () => {
    const cookie = `seat-${links[1]!.seat}=${"x".repeat(43)}`;
    for (const headers of [{}, { cookie }])
      await assert.rejects(new Visitor(house.url).open(`/api/seats/${links[1]!.seat}/socket`, { headers }), (error) => {
        assert.ok(error instanceof NotUpgraded);
        assert.deepEqual([error.status, (error.body as { code: string }).code], [401, "seat.no-session"]);
        return true;
      });
  });

  await t.test("a seat has twelve sessions at most: the oldest without an open page ends for a new one", async () => {
    const visitors = Array.from({ length: 14 }, () => new Visitor(house.url));
    const [oldest, ...others] = visitors;
    assert.ok(oldest);
    const line = await oldest.sit(links[3]!.link);
    await line.welcome();
    for (const visitor of others) await visitor.redeem(links[3]!.link);
    const statuses = [];
    for (const visitor of visitors) statuses.push((await visitor.get(`/api/seats/${links[3]!.seat}`)).status);
    assert.deepEqual(statuses, [200, 401, 401, ...Array<number>(11).fill(200)]);
    await line.command({ type: "raiseHand" });
    assert.ok(!line.heard.some(({ type }) => type === "out"));
  });

  await t.test("where all twelve sessions have an open page, one ends with its page, and nobody else's", async () => {
    const { links } = await planMeeting(clerk);
    const lines = [];
    for (let n = 0; n < 12; n++) lines.push(await new Visitor(house.url).sit(links[0]!.link));
    for (const line of lines) await line.welcome();
    const elsewhere = await new Visitor(house.url).sit(links[1]!.link);
    await elsewhere.welcome();
    await new Visitor(house.url).redeem(links[0]!.link);
    assert.equal((await lines[0]!.next("out")).code, "seat.no-session");
    await lines[0]!.closed;
    for (const line of [lines[1]!, elsewhere]) {
      await line.command({ type: "raiseHand" });
      assert.ok(!line.heard.some(({ type }) => type === "out"));
    }
  });

  await t.test("a link is exchanged some thirty times at once, then one is told when to come again", async () => {
    const { meeting, links } = await planMeeting(clerk);
    const body = { meeting, secret: new URL(links[0]!.link).hash.slice(1) };
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => new Visitor(house.url).post("/api/seats/redeem", body)),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 30);
    const refused = answers.filter(({ status }) => status === 429);
    assert.equal(refused.length, 10);
    for (const { headers } of refused) assert.match(headers.get("retry-after") ?? "", /^([1-9]|[1-5]\d|60)$/);
    await new Visitor(house.url).redeem(links[1]!.link);
  });

  await t.test("the link of a meeting that is over opens nothing, and says so", async () => {
    const { meeting, links } = await planMeeting(clerk);
    const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);
    await office.welcome();
    for (const type of ["openMeeting", "endMeeting"]) assert.equal((await office.command({ type })).type, "done", type);
    const body = { meeting, secret: new URL(links[0]!.link).hash.slice(1) };
    const answer = await new Visitor(house.url).post("/api/seats/redeem", body);
    assert.deepEqual([answer.status, (answer.body as { code: string }).code], [409, "meeting.ended"]);
    assert.equal(answer.headers.getSetCookie().length, 0);
  });

  await t.test("whoever keeps guessing has to wait, and a good link from the same address still opens", async () => {
    const visitor = new Visitor(house.url);
    const statuses = await Promise.all(
      Array.from(
        { length: 60 },
        async () => (await visitor.post("/api/seats/redeem", { meeting, secret: "x" })).status,
      ),
    );
    assert.ok(statuses.includes(429));
    assert.equal(await visitor.redeem(links[0]!.link), links[0]!.seat);
  });
});
