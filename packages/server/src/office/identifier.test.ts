import assert from "node:assert/strict";
import { test } from "node:test";
import { ErrorBody, Office, Trail } from "@raadhuis/protocol/http";
import { openStore } from "../store/store.ts";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24520;
const PATH = "/api/office/identifier";

test("a body's official identifier stands in every record from then on, and in none of before", async (t) => {
  const house = await houseFor(t, testSettings(PORT));
  const clerk = await setUp(house);
  const store = await openStore(house.settings.database);
  t.after(() => store.close());
  const inRecord = async (meeting: string) => {
    const id = (await store.record.summary(meeting))?.id;
    const [planned] = id ? await store.record.events(id) : [];
    return JSON.stringify(planned?.structure);
  };
  const { identifier: made } = Office.parse((await clerk.get("/api/office")).body);
  const { meeting: before } = await planMeeting(clerk);
  const official = "https://identifier.overheid.nl/tooi/id/gemeente/gm0236";
  const answer = await clerk.send("PUT", PATH, { identifier: ` ${official} ` });
  assert.equal(Office.parse(answer.body).identifier, official);
  assert.equal(Office.parse((await clerk.get("/api/office")).body).identifier, official);
  const { meeting: after } = await planMeeting(clerk);
  assert.ok((await inRecord(before)).includes(`"bodyId":"${made}"`));
  assert.ok((await inRecord(after)).includes(`"bodyId":"${official}"`));
});

test("only a clerk sets it, to something that can be one, and the trail says whoever did", async (t) => {
  const house = await houseFor(t, testSettings(PORT + 3));
  const clerk = await setUp(house);
  for (const identifier of ["", "gm 0236", "gm\u202e0236", "<gm0236>", "#gm0236", "x".repeat(201)]) {
    const { status, body } = await clerk.send("PUT", PATH, { identifier });
    assert.equal(status, 400, identifier);
    assert.deepEqual(ErrorBody.parse(body).at, { field: "identifier" });
  }
  assert.equal((await new Visitor(house.url).send("PUT", PATH, { identifier: "gm0236" })).status, 401);
  assert.equal((await clerk.send("PUT", PATH, { identifier: "gm0236" })).status, 200);
  const end = Date.now() + 45_000;
  const noted = async () => {
    const { entries } = Trail.parse((await clerk.get("/api/office/trail?page=1&failed=false")).body);
    return entries.find(({ kind }) => kind === "house.identifier-changed");
  };
  let entry = await noted();
  while (!entry && Date.now() < end) entry = await noted();
  assert.deepEqual([entry?.count, entry?.clerk?.name], [1, "Kim Griffier"]);
});
