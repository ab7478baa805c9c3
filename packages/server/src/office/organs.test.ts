import assert from "node:assert/strict";
import { test } from "node:test";
import { readRecord } from "@raadhuis/meeting";
import { ErrorBody, MeetingSummary, MOST_ORGANS, Organ } from "@raadhuis/protocol/http";
import { z } from "zod";
import { openStore } from "../store/store.ts";
import { A_MEETING, houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { type Answer, Visitor } from "../testing/visitor.ts";

const PORT = 24530;
const PATH = "/api/office/organs";

const told = ({ status, body }: Answer) => [status, ErrorBody.parse(body).code, ErrorBody.parse(body).at?.field];

test("organs are kept, renamed and removed, each by a name of its own", async (t) => {
  const house = await houseFor(t, testSettings(PORT));
  const clerk = await setUp(house);
  const add = (name: string) => clerk.post(PATH, { name });
  const names = async () => Organ.array().parse((await clerk.get(PATH)).body);
  assert.deepEqual(await names(), []);
  const council = Organ.parse((await add(" Gemeenteraad ")).body);
  const committee = Organ.parse((await add("Commissie Ruimte")).body);
  assert.deepEqual(await names(), [{ id: council.id, name: "Gemeenteraad" }, committee]);

  assert.deepEqual(told(await add("gemeenteRAAD")), [409, "organ.name-taken", "name"]);
  const rename = (id: string, name: string) => clerk.send("PUT", `${PATH}/${id}`, { name });
  assert.deepEqual(told(await rename(committee.id, "GEMEENTERAAD")), [409, "organ.name-taken", "name"]);
  assert.deepEqual(told(await rename("nobodynobody2222", "Raad")), [404, "organ.unknown", undefined]);
  assert.equal((await rename(council.id, "GEMEENTERAAD")).status, 200, "its own name, otherwise written");
  for (const bad of ["", "  ", "x".repeat(121), "Raad\u202edaaR", "a\nb", "\u2800"])
    assert.deepEqual(told(await add(bad)), [400, "request.malformed", "name"]);

  assert.equal((await clerk.send("DELETE", `${PATH}/${committee.id}`)).status, 204);
  assert.deepEqual(told(await clerk.send("DELETE", `${PATH}/${committee.id}`)), [404, "organ.unknown", undefined]);
  assert.deepEqual(await names(), [{ id: council.id, name: "GEMEENTERAAD" }]);
});

test("there is a most of organs, and none of them opens without a session", async (t) => {
  const house = await houseFor(t, testSettings(PORT + 3));
  const clerk = await setUp(house);
  for (let n = 0; n < MOST_ORGANS; n++) assert.equal((await clerk.post(PATH, { name: `Commissie ${n}` })).status, 200);
  assert.deepEqual(told(await clerk.post(PATH, { name: "Nog een" })), [409, "organ.too-many", "name"]);

  const stranger = new Visitor(house.url);
  const [{ id }] = z
    .tuple([Organ])
    .rest(Organ)
    .parse((await clerk.get(PATH)).body);
  const refused = [401, "office.no-session", undefined];
  assert.deepEqual(told(await stranger.get(PATH)), refused);
  assert.deepEqual(told(await stranger.post(PATH, { name: "X" })), refused);
  assert.deepEqual(told(await stranger.send("PUT", `${PATH}/${id}`, { name: "X" })), refused);
  assert.deepEqual(told(await stranger.send("DELETE", `${PATH}/${id}`)), refused);
});

test("a meeting is of an organ, by the name that it had then, whatever becomes of that organ", async (t) => {
  const house = await houseFor(t, testSettings(PORT + 6));
  const clerk = await setUp(house);
  const store = await openStore(house.settings.database);
  t.after(() => store.close());
  const organ = Organ.parse((await clerk.post(PATH, { name: "Commissie Ruimte" })).body);
  const { meeting } = await planMeeting(clerk, { organ: organ.id });
  const { meeting: whole } = await planMeeting(clerk);
  const listed = async (which: string) => {
    const list = MeetingSummary.array().parse((await clerk.get("/api/office/meetings")).body);
    return list.find(({ meeting }) => meeting === which)?.organ;
  };
  const inRecord = async (which: string) => {
    const id = (await store.record.summary(which))?.id;
    const state = id && readRecord(await store.record.events(id))?.state;
    return state && [state.organId, state.organ];
  };
  const stands = async () => {
    assert.equal(await listed(meeting), "Commissie Ruimte");
    assert.deepEqual(await inRecord(meeting), [organ.id, "Commissie Ruimte"]);
    assert.equal(await listed(whole), null);
    assert.deepEqual(await inRecord(whole), [null, null]);
  };
  await stands();
  await clerk.send("PUT", `${PATH}/${organ.id}`, { name: "Commissie Grond" });
  await stands();
  await clerk.send("DELETE", `${PATH}/${organ.id}`);
  await stands();
  const gone = await clerk.post("/api/office/meetings", { ...A_MEETING, organ: organ.id });
  assert.deepEqual(told(gone), [404, "organ.unknown", "organ"]);
});
