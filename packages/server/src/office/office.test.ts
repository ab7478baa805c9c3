import assert from "node:assert/strict";
import { test } from "node:test";
import { Office } from "@raadhuis/protocol/http";
import { zoneOfMachine } from "@raadhuis/protocol/zone";
import { hashOf } from "../random.ts";
import { openStore } from "../store/store.ts";
import { A_MEETING, CLERK, houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { NotUpgraded } from "../testing/line.ts";
import { type Answer, Visitor } from "../testing/visitor.ts";

const PORT = 24050;

const told = ({ status, body }: Pick<Answer, "status" | "body">) => [status, (body as { code: string }).code];

test("the office", async (t) => {
  const house = await houseFor(t, testSettings(PORT));
  const stranger = new Visitor(house.url);
  const name = { body: "Gemeente Voorbeeld", clerk: { name: "Kim", ...CLERK } };

  await t.test("before set-up the house has no name and nobody can sign in", async () => {
    assert.deepEqual((await stranger.get("/api/house")).body, {
      body: null,
      zone: zoneOfMachine(),
      gallery: house.settings.gallery.url,
      demo: false,
    });
    assert.deepEqual(told(await stranger.post("/api/office/sign-in", CLERK)), [409, "office.not-set-up"]);
    assert.deepEqual(told(await stranger.get("/api/office")), [409, "office.not-set-up"]);
  });

  await t.test("only the link that was printed sets the house up", async () => {
    const wrong = await stranger.post("/api/office/setup", { secret: "not the one", ...name });
    assert.deepEqual(told(wrong), [404, "link.unknown"]);
    const secret = new URL(house.setUpLink!).hash.slice(1);
    const short = { ...name, clerk: { ...name.clerk, password: "short" } };
    const bodiless = { ...name, body: "\u2800" };
    const nameless = { ...name, clerk: { ...name.clerk, name: "\u3164" } };
    const placeless = { ...name, zone: "Europe/Lindervoort" };
    for (const wrong of [short, bodiless, nameless, placeless])
      assert.deepEqual(told(await stranger.post("/api/office/setup", { secret, ...wrong })), [
        400,
        "request.malformed",
      ]);
  });

  await t.test("the link that was printed lapses after an hour, and says so", async () => {
    const secret = new URL(house.setUpLink!).hash.slice(1);
    assert.equal((await stranger.post("/api/office/setup-link", { secret })).status, 204);
    const beside = await openStore(house.settings.database);
    t.after(() => beside.close());
    const hour = 3600_000;
    assert.equal(await beside.access.setUpLink(hashOf(secret), Date.now() + hour - 60_000), "good");
    assert.equal(await beside.access.setUpLink(hashOf(secret), Date.now() + hour), "lapsed");
    await beside.access.putSetUpLink(hashOf(secret), Date.now());
    for (const path of ["/api/office/setup-link", "/api/office/setup"]) {
      const body = path.endsWith("link") ? { secret } : { secret, ...name };
      assert.deepEqual(told(await stranger.post(path, body)), [410, "office.setup-lapsed"]);
    }
    assert.deepEqual(told(await stranger.post("/api/office/setup-link", { secret: "x" })), [404, "link.unknown"]);
    await beside.access.putSetUpLink(hashOf(secret), Date.now() + hour);
  });

  await t.test("a password that anybody would guess is refused, and the link still sets the house up", async () => {
    const secret = new URL(house.setUpLink!).hash.slice(1);
    for (const password of ["Wachtwoord2026!", "GemeenteVoorbeeld", CLERK.email]) {
      const common = { secret, ...name, clerk: { ...name.clerk, password } };
      assert.deepEqual(told(await stranger.post("/api/office/setup", common)), [400, "password.common"]);
    }
  });

  const clerk = await setUp(house);

  await t.test("it is set up once", async () => {
    const secret = new URL(house.setUpLink!).hash.slice(1);
    assert.deepEqual(told(await stranger.post("/api/office/setup", { secret, ...name })), [
      409,
      "office.already-set-up",
    ]);
  });

  await t.test("the office's cookie is for this host, the office and no script", () => {
    const line = clerk.cookieLine("office") ?? "";
    for (const attribute of ["Path=/api/office", "HttpOnly", "SameSite=Strict"]) assert.ok(line.includes(attribute));
    assert.doesNotMatch(line, /Domain/i);
  });

  await t.test("signing in takes the address, in any case, and the password", async () => {
    const visitor = new Visitor(house.url);
    const good = await visitor.post("/api/office/sign-in", { ...CLERK, email: CLERK.email.toUpperCase() });
    const { identifier, ...office } = Office.parse(good.body);
    assert.deepEqual(
      [good.status, office],
      [200, { body: "Gemeente Voorbeeld", zone: zoneOfMachine(), clerk: { name: "Kim Griffier" } }],
    );
    assert.match(identifier, /^[a-z0-9]{16}$/);
    for (const wrong of [
      { ...CLERK, password: "een ander wachtwoord" },
      { ...CLERK, email: "x@y.example" },
    ])
      assert.deepEqual(told(await stranger.post("/api/office/sign-in", wrong)), [401, "office.wrong-credentials"]);
    assert.equal((await visitor.post("/api/office/sign-out")).status, 204);
    assert.deepEqual(told(await visitor.get("/api/office")), [401, "office.no-session"]);
  });

  await t.test("a sign-in link works once, in another browser", async () => {
    const { body } = await clerk.post("/api/office/sign-in-links");
    const secret = new URL((body as { link: string }).link).hash.slice(1);
    const visitor = new Visitor(house.url);
    assert.equal((await visitor.post("/api/office/sign-in", { secret })).status, 200);
    assert.equal((await visitor.get("/api/office")).status, 200);
    assert.deepEqual(told(await stranger.post("/api/office/sign-in", { secret })), [410, "office.link-used"]);
    assert.deepEqual(told(await stranger.post("/api/office/sign-in", { secret: "x" })), [404, "link.unknown"]);
  });

  await t.test("a sign-in link opens nothing once whoever made it has signed out", async () => {
    const visitor = new Visitor(house.url);
    assert.equal((await visitor.post("/api/office/sign-in", CLERK)).status, 200);
    const { body } = await visitor.post("/api/office/sign-in-links");
    const secret = new URL((body as { link: string }).link).hash.slice(1);
    assert.equal((await visitor.post("/api/office/sign-out")).status, 204);
    assert.deepEqual(told(await stranger.post("/api/office/sign-in", { secret })), [410, "office.link-lapsed"]);
  });

  await t.test("nothing of the office opens without a session", async () => {
    for (const path of ["/api/office", "/api/office/people", "/api/office/meetings"])
      assert.deepEqual(told(await stranger.get(path)), [401, "office.no-session"]);
    for (const [path, body] of [
      ["/api/office/sign-in-links", undefined],
      ["/api/office/people", { name: "A", party: null, role: "member" }],
      ["/api/office/meetings", A_MEETING],
    ] as const)
      assert.deepEqual(told(await stranger.post(path, body)), [401, "office.no-session"]);
  });

  await t.test("the roster is kept, changed and cleared", async () => {
    const added = await clerk.post("/api/office/people", { name: " Bram Lid ", party: "", role: "member" });
    const { id } = added.body as { id: string };
    assert.deepEqual(added.body, { id, name: "Bram Lid", party: null, role: "member" });
    const changed = await clerk.send("PUT", `/api/office/people/${id}`, { name: "Bram", party: "B", role: "deputy" });
    assert.equal(changed.status, 200);
    assert.deepEqual((await clerk.get("/api/office/people")).body, [{ id, name: "Bram", party: "B", role: "deputy" }]);
    assert.equal((await clerk.send("DELETE", `/api/office/people/${id}`)).status, 204);
    assert.deepEqual(told(await clerk.send("DELETE", `/api/office/people/${id}`)), [404, "person.unknown"]);
  });

  await t.test("a name of 200 characters, or one that turns the text around, is refused", async () => {
    for (const [bad, code] of [
      ["x".repeat(200), "request.malformed"],
      ["   ", "request.malformed"],
      ["Anna\u202eannA", "request.malformed"],
      ["a\u0000b", "request.malformed"],
    ] as const) {
      const answer = await clerk.post("/api/office/people", { name: bad, party: null, role: "member" });
      assert.deepEqual(told(answer), [400, code]);
      assert.equal((answer.body as { at: { field: string } }).at.field, "name");
    }
  });

  await t.test("a name is in the roster once, whatever its capitals", async () => {
    const person = (name: string) => ({ name, party: null, role: "member" });
    const { body: first } = await clerk.post("/api/office/people", person("Els Twee"));
    const { body: second } = await clerk.post("/api/office/people", person("Els Drie"));
    assert.deepEqual(told(await clerk.post("/api/office/people", person("ELS  twee"))), [409, "person.name-taken"]);
    const path = (body: unknown) => `/api/office/people/${(body as { id: string }).id}`;
    assert.deepEqual(told(await clerk.send("PUT", path(second), person("els twee"))), [409, "person.name-taken"]);
    assert.equal((await clerk.send("PUT", path(first), person("Els TWEE"))).status, 200);
    for (const body of [first, second]) await clerk.send("DELETE", path(body));
  });

  await t.test("a name with markup is a name", async () => {
    const bad = "<img src=x onerror=alert(1)>";
    const { links } = await planMeeting(clerk, { seats: [{ name: bad, party: null, role: "chair" }] });
    assert.equal(links[0]?.name, bad);
  });

  await t.test("a meeting is made whole or not at all", async () => {
    const before = (await clerk.get("/api/office/meetings")).body as unknown[];
    const twice = [A_MEETING.seats[0]!, { ...A_MEETING.seats[0]! }];
    const answer = await clerk.post("/api/office/meetings", { ...A_MEETING, seats: twice });
    assert.deepEqual(told(answer), [409, "seat.name-taken"]);
    assert.deepEqual((answer.body as { at: unknown }).at, { field: "seats", line: 2, other: 1 });
    const odd = await clerk.post("/api/office/meetings", { ...A_MEETING, agenda: ["Opening", "a\tb"] });
    assert.deepEqual(told(odd), [400, "request.malformed"]);
    assert.deepEqual((odd.body as { at: unknown }).at, { field: "agenda", line: 2 });
    const long = await clerk.post("/api/office/meetings", { ...A_MEETING, agenda: ["x".repeat(301)] });
    assert.deepEqual((long.body as { at: unknown }).at, { field: "agenda", line: 1 });
    const call = await clerk.post("/api/office/meetings", { ...A_MEETING, kind: "call" });
    assert.equal(call.status, 409);
    assert.deepEqual((await clerk.get("/api/office/meetings")).body, before);
  });

  await t.test("the list shows what was made", async () => {
    const { meeting } = await planMeeting(clerk, { title: "Commissie" });
    const list = (await clerk.get("/api/office/meetings")).body as { meeting: string; title: string; phase: string }[];
    const found = list.find((one) => one.meeting === meeting);
    assert.deepEqual([found?.title, found?.phase], ["Commissie", "planned"]);
  });

  await t.test("the office's socket opens to nobody else, and for no meeting that is not there", async () => {
    const { meeting } = await planMeeting(clerk, { title: "Presidium" });
    const cases = [
      { who: stranger, of: meeting, refusal: [401, "office.no-session"] },
      { who: clerk, of: "abcdefgh", refusal: [404, "meeting.unknown"] },
    ];
    for (const { who, of, refusal } of cases)
      await assert.rejects(who.open(`/api/office/meetings/${of}/socket`), (error) => {
        assert.ok(error instanceof NotUpgraded);
        assert.deepEqual(told(error), refusal);
        return true;
      });
  });

  await t.test("guessing passwords is slowed down, also many at the same moment", async () => {
    const guesses = Array.from({ length: 16 }, async (_, i) =>
      told(await stranger.post("/api/office/sign-in", { ...CLERK, password: `guess ${i}` })),
    );
    const codes = (await Promise.all(guesses)).map(([, code]) => code);
    assert.ok(codes.filter((code) => code === "office.wrong-credentials").length <= 10);
    assert.ok(codes.filter((code) => code === "request.too-many").length >= 6);
  });
});
