import assert from "node:assert/strict";
import { test } from "node:test";
import type { PeopleList } from "@raadhuis/protocol/http";
import { houseFor, setUp, testSettings } from "../testing/house.ts";
import { type Answer, Visitor } from "../testing/visitor.ts";

const PORT = 24210;
const PATH = "/api/office/people/lists";

const member = (name: string, party: string | null = null) => ({ name, party, role: "member" });
const told = ({ status, body }: Answer) => {
  const { code, at } = body as { code: string; at?: unknown };
  return [status, code, at];
};

test("a list of people is taken in at once", async (t) => {
  const house = await houseFor(t, testSettings(PORT));
  const clerk = await setUp(house);
  const list = (people: PeopleList["people"], more: Partial<PeopleList> = {}) => ({
    key: crypto.randomUUID(),
    known: "keep",
    people,
    ...more,
  });
  const names = async () =>
    ((await clerk.get("/api/office/people")).body as { name: string }[]).map(({ name }) => name);

  await t.test("in its order, and once, also when it is sent twice at the same moment", async () => {
    const body = list([member("Carla", "B"), member(" Anna "), member("Bram", "")]);
    const answers = await Promise.all([clerk.post(PATH, body), clerk.post(PATH, body)]);
    const again = await clerk.post(PATH, body);
    for (const { status, body } of [...answers, again])
      assert.deepEqual([status, body], [200, { added: 3, changed: 0, kept: 0 }]);
    assert.deepEqual(await names(), ["Carla", "Anna", "Bram"]);
  });

  await t.test("those who are there already stay as they are, or become as the list has them", async () => {
    const people = [member("CARLA", "D"), member("Dirk")];
    assert.deepEqual((await clerk.post(PATH, list(people))).body, { added: 1, changed: 0, kept: 1 });
    const changing = list([...people, member("Anna")], { known: "change" });
    assert.deepEqual((await clerk.post(PATH, changing)).body, { added: 0, changed: 1, kept: 2 });
    const [carla] = (await clerk.get("/api/office/people")).body as { name: string; party: string }[];
    assert.deepEqual([carla?.name, carla?.party], ["CARLA", "D"]);
  });

  await t.test("one wrong line keeps all of it out, and is named with its field", async () => {
    const before = await names();
    const cases: [PeopleList["people"][number], unknown[]][] = [
      [member("x".repeat(101)), [400, "person.malformed", { field: "name", line: 2 }]],
      [member(" "), [400, "person.malformed", { field: "name", line: 2 }]],
      [member("Fien", "x".repeat(61)), [400, "person.malformed", { field: "party", line: 2 }]],
      [member("Fien\u202e"), [400, "person.malformed", { field: "name", line: 2 }]],
      [{ ...member("Fien"), role: "wethouder" }, [400, "person.malformed", { field: "role", line: 2 }]],
      [member("eva"), [409, "person.name-taken", { field: "name", line: 2, other: 1 }]],
    ];
    for (const [wrong, expected] of cases)
      assert.deepEqual(told(await clerk.post(PATH, list([member("Eva"), wrong]))), expected);
    assert.deepEqual(await names(), before);
  });

  await t.test("500 people take less than a second", async () => {
    const people = Array.from({ length: 500 }, (_, index) =>
      member(`Raadslid ${index} van de ${"x".repeat(40)}`, "Een partij"),
    );
    const begun = performance.now();
    assert.equal((await clerk.post(PATH, list(people))).status, 200);
    const ms = performance.now() - begun;
    assert.ok(ms < 1000, `${ms} ms`);
    assert.equal((await clerk.post(PATH, list(people, { known: "change" }))).status, 200);
    assert.equal((await names()).length, 504);
  });

  await t.test("a list of a thousand is let in, one more is not", async () => {
    const most = Array.from({ length: 1001 }, (_, index) => member(`${index} ${"é".repeat(90)}`, "é".repeat(60)));
    assert.deepEqual(told(await clerk.post(PATH, list(most))), [400, "request.malformed", { field: "people" }]);
    assert.equal((await clerk.post(PATH, list(most.slice(1)))).status, 200);
  });

  await t.test("nothing large is read from whoever is no clerk", async () => {
    const stranger = new Visitor(house.url);
    for (const path of [PATH, "/api/office/meetings"])
      assert.deepEqual(told(await stranger.post(path, `{"no": "${"x".repeat(500_000)}`)).slice(0, 2), [
        401,
        "office.no-session",
      ]);
  });
});
