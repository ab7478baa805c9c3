import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { errorCodes, Trail } from "@raadhuis/protocol/http";
import { houseError } from "../errors.ts";
import { CHEAP, CLERK, houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { type Answer, Visitor } from "../testing/visitor.ts";
import { type Attempt, Doorkeeper } from "./doorkeeper.ts";

const PORT = 24220;
const CLEAN = "198.51.100.1";

/** No time passes for it: on a busy machine an allowance would grow in the middle of a test. */
const quickDoorkeeper = () => new Doorkeeper({ cost: CHEAP, restMs: 0, now: () => 0 });

/** A house behind a proxy, which says where each visitor comes from. */
async function houseBehindProxy(t: TestContext, doorkeeper: Doorkeeper) {
  const settings = testSettings(PORT, {
    RAADHUIS_TLS: "proxy",
    RAADHUIS_PROXIES: "127.0.0.1,::1",
    RAADHUIS_BIND: "localhost",
    RAADHUIS_URL: `https://localhost:${PORT}`,
    RAADHUIS_GALLERY_URL: "https://publiek.example",
  });
  const house = await houseFor(t, settings, { doorkeeper });
  const from = (ip: string) =>
    new Visitor(`http://localhost:${PORT}`, {
      origin: house.url,
      "x-forwarded-proto": "https",
      "x-forwarded-for": ip,
    });
  const clerk = from("192.0.2.200");
  const secret = new URL(house.setUpLink ?? "").hash.slice(1);
  const named = { body: "Gemeente Voorbeeld", clerk: { name: "Kim Griffier", ...CLERK } };
  assert.equal((await clerk.post("/api/office/setup", { secret, ...named })).status, 200);
  return { house, from, clerk };
}

const signIn = (visitor: Visitor, password: string = CLERK.password) =>
  visitor.post("/api/office/sign-in", { ...CLERK, password });

const guess = (visitor: Visitor) => signIn(visitor, "een verkeerd wachtwoord");

const told = ({ status, body }: Answer) => (status === 200 ? "in" : (body as { code: string }).code);

/** Every refusal for now says when to come again. */
function waitOf({ status, headers }: Answer): number {
  const seconds = headers.get("retry-after") ?? "";
  assert.ok(status === 429 || status === 503);
  assert.match(seconds, /^[1-9]\d*$/);
  return Number(seconds);
}

test("22 networks that guess at an account lock it for nobody but themselves", async (t) => {
  const { from } = await houseBehindProxy(t, quickDoorkeeper());
  for (let network = 0; network < 22; network++) {
    const guesser = from(`10.0.${network}.1`);
    for (let n = 0; n < 10; n++) assert.equal(told(await guess(guesser)), "office.wrong-credentials");
    const refused = await guess(guesser);
    assert.equal(told(refused), "request.too-many");
    const wait = waitOf(refused);
    assert.ok(wait >= 15 && wait <= 30, `${wait} s`);
  }
  assert.equal(told(await signIn(from(CLEAN))), "in");
});

test("whoever has a network of IPv6 does not have the allowance of each address in it", async (t) => {
  const { from } = await houseBehindProxy(t, quickDoorkeeper());
  const answers = [];
  for (let n = 0; n < 100; n++) answers.push(told(await guess(from(`2001:db8:7:${n.toString(16)}::1`))));
  assert.equal(answers.filter((code) => code === "office.wrong-credentials").length, 40);
  assert.equal(told(await signIn(from("2001:db8:8::1"))), "in");
});

test("a clerk does not wait behind all that twelve networks have in hand", async (t) => {
  const { from } = await houseBehindProxy(t, new Doorkeeper({ cost: { N: 2 ** 14, r: 8, p: 1 }, restMs: 0 }));
  const answers: Answer[] = [];
  const guesses = Array.from({ length: 120 }, async (_, n) => {
    answers.push(await guess(from(`10.0.${n % 12}.1`)));
  });
  // Once one was refused, all places are taken.
  await Promise.race(guesses);
  const comparedOf = () => answers.filter(({ status }) => status === 401).length;
  const before = comparedOf();
  assert.equal(told(await signIn(from(CLEAN))), "in");
  assert.ok(comparedOf() - before <= 13, `${comparedOf() - before} were compared before`);
  await Promise.all(guesses);
  const busy = answers.filter((answer) => told(answer) === "office.busy");
  assert.ok(busy.length >= 60, `${busy.length} were told to come again`);
  for (const answer of busy) waitOf(answer);
});

test("the wait of whoever has gone ends", { timeout: 30_000 }, async (t) => {
  const seen = Promise.withResolvers<AbortSignal>();
  class Watched extends Doorkeeper {
    override isStrangersRight(attempt: Attempt, from: { ip: string; account: string }): Promise<boolean> {
      seen.resolve(attempt.gone);
      return super.isStrangersRight(attempt, from);
    }
  }
  const { from } = await houseBehindProxy(t, new Watched({ restMs: 0 }));
  const leaving = new AbortController();
  const visitor = from("10.0.0.1");
  visitor.signal = leaving.signal;
  const guessing = guess(visitor);
  const gone = await seen.promise;
  assert.equal(gone.aborted, false);
  const heard = new Promise((resolve) => gone.addEventListener("abort", resolve));
  leaving.abort();
  await assert.rejects(guessing, { name: "AbortError" });
  await heard;
});

test("wrong links shut neither a right link nor a password, also in the network they come from", async (t) => {
  const { from, clerk } = await houseBehindProxy(t, quickDoorkeeper());
  const { meeting, links } = await planMeeting(clerk);
  const { link } = (await clerk.post("/api/office/sign-in-links")).body as { link: string };
  const guest = from(CLEAN);
  for (const [path, body] of [
    ["/api/office/sign-in", {}],
    ["/api/seats/redeem", { meeting }],
  ] as const) {
    const answers = [];
    for (let n = 0; n < 40; n++) answers.push(await guest.post(path, { secret: `wrong ${n}`, ...body }));
    const refused = answers.filter((answer) => told(answer) === "request.too-many");
    assert.ok(refused.length >= 5, path);
    for (const answer of refused) assert.ok(waitOf(answer) <= 2);
  }
  assert.equal(told(await signIn(from(CLEAN))), "in");
  const secret = new URL(link).hash.slice(1);
  assert.equal(told(await from(CLEAN).post("/api/office/sign-in", { secret })), "in");
  const seat = { meeting, secret: new URL(links[0]?.link ?? "").hash.slice(1) };
  assert.equal(told(await from(CLEAN).post("/api/seats/redeem", seat)), "in");
});

test("whoever has somebody's link puts them neither out nor off it, and the office sees whose link it is", async (t) => {
  const { from, clerk } = await houseBehindProxy(t, new Doorkeeper({ cost: CHEAP, restMs: 0 }));
  const { meeting, links } = await planMeeting(clerk);
  const [mine] = links;
  assert.ok(mine);
  const body = { meeting, secret: new URL(mine.link).hash.slice(1) };
  const rightful = from(CLEAN);
  assert.equal((await rightful.post("/api/seats/redeem", body)).status, 200);
  const answers = [];
  for (let n = 0; n < 35; n++) answers.push(told(await from("192.0.2.1").post("/api/seats/redeem", body)));
  assert.deepEqual(answers, [...Array(30).fill("in"), ...Array(5).fill("request.too-many")]);
  assert.equal((await rightful.get(`/api/seats/${mine.seat}`)).status, 200);
  assert.equal(told(await from(CLEAN).post("/api/seats/redeem", body)), "in");
  const { entries } = Trail.parse((await clerk.get("/api/office/trail")).body);
  const refused = entries.find(({ result }) => result === "request.too-many");
  assert.equal(refused?.seat?.meeting, meeting);
});

test("wrong passwords do not shut a link in the network they come from", async (t) => {
  const { from, clerk } = await houseBehindProxy(t, quickDoorkeeper());
  const { link } = (await clerk.post("/api/office/sign-in-links")).body as { link: string };
  for (let n = 0; n < 12; n++) await guess(from(CLEAN));
  assert.equal(told(await signIn(from(CLEAN))), "request.too-many");
  assert.equal(told(await from(CLEAN).post("/api/office/sign-in", { secret: new URL(link).hash.slice(1) })), "in");
});

test("a browser that signed in before is let in from a network that is shut, until it fails too often", async (t) => {
  const { from, clerk } = await houseBehindProxy(t, quickDoorkeeper());
  for (let n = 0; n < 12; n++) await guess(from("192.0.2.200"));
  assert.equal(told(await signIn(from("192.0.2.200"))), "request.too-many");
  assert.equal((await clerk.post("/api/office/sign-out")).status, 204);
  for (let n = 0; n < 9; n++) assert.equal(told(await guess(clerk)), "office.wrong-credentials");
  assert.equal(told(await signIn(clerk)), "in");
  for (let n = 0; n < 10; n++) assert.equal(told(await guess(clerk)), "office.wrong-credentials");
  assert.equal(told(await signIn(clerk)), "request.too-many");
});

test("the cookie of a browser that signed in is for this host, the sign-in and no script, and new each time", async (t) => {
  const { clerk } = await houseBehindProxy(t, quickDoorkeeper());
  const nameOf = () =>
    clerk
      .cookies("/api/office/sign-in")
      .split("; ")
      .find((pair) => pair.startsWith("device-")) ?? "";
  const first = nameOf();
  const line = clerk.cookieLine(first.split("=")[0] ?? "") ?? "";
  for (const attribute of ["Path=/api/office/sign-in", "HttpOnly", "SameSite=Strict", "Secure", "Max-Age=15552000"])
    assert.ok(line.split("; ").includes(attribute), attribute);
  assert.doesNotMatch(line, /Domain/i);
  assert.equal(told(await signIn(clerk)), "in");
  assert.notEqual(nameOf(), first);
});

test("every refusal that is for now says when to come again", () => {
  for (const code of errorCodes) {
    const { status, retryAfter } = houseError(code);
    assert.equal(retryAfter !== undefined, status === 429 || status === 503, code);
  }
  assert.equal(houseError("request.too-many", { retryAfterMs: 1_001 }).retryAfter, 2);
});

test("a clerk's sessions are bounded, and the page of the one that makes room is told so", async (t) => {
  const house = await houseFor(t, testSettings(PORT), { doorkeeper: quickDoorkeeper() });
  const clerk = await setUp(house);
  const { meeting } = await planMeeting(clerk);
  const page = await clerk.open(`/api/office/meetings/${meeting}/socket`);
  await page.welcome();
  const others = Array.from({ length: 12 }, () => new Visitor(house.url));
  for (const other of others) assert.equal(told(await signIn(other)), "in");
  assert.equal((await page.next("out")).code, "seat.no-session");
  assert.equal((await clerk.get("/api/office")).status, 401);
  for (const other of others) assert.equal((await other.get("/api/office")).status, 200);
});
