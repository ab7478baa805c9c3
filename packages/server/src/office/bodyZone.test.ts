import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { House, Office, Trail } from "@raadhuis/protocol/http";
import { CLERK, houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24470;

const until = async (holds: () => boolean): Promise<void> => {
  const end = Date.now() + 45_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`It never came to be: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

test("the body has the time zone that was chosen at set-up, also after a restart", async (t) => {
  const settings = testSettings(PORT);
  const house = await houseFor(t, settings);
  const clerk = new Visitor(house.url);
  const given = {
    secret: new URL(house.setUpLink ?? "").hash.slice(1),
    body: "Openbaar Lichaam Bonaire",
    zone: "america/kralendijk",
    clerk: { name: "Kim Griffier", ...CLERK },
  };
  const office = Office.parse((await clerk.post("/api/office/setup", given)).body);
  assert.equal(office.zone, "America/Kralendijk");
  await house.close();
  const again = await houseFor(t, settings);
  assert.equal(House.parse((await new Visitor(again.url).get("/api/house")).body).zone, "America/Kralendijk");
});

test("a zone that is changed goes to whoever comes, and into the files for the public", async (t) => {
  const house = await houseFor(t, testSettings(PORT + 3));
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const welcomed = async () => {
    const chair = await new Visitor(house.url).sit(links[0]?.link ?? "");
    const { zone } = await chair.next("welcome");
    await chair.close();
    return zone;
  };
  const files = [join(meeting, "announcement.json"), "index.json"].map((name) =>
    join(house.settings.data, "public", name),
  );
  const written = () => files.map((file) => existsSync(file) && JSON.parse(readFileSync(file, "utf8")).zone);
  assert.equal((await clerk.send("PUT", "/api/office/zone", { zone: "America/New_York" })).status, 200);
  await until(() => written().every((zone) => zone === "America/New_York"));
  assert.equal(await welcomed(), "America/New_York");
  const refused = await clerk.send("PUT", "/api/office/zone", { zone: "+01:00" });
  assert.equal(refused.status, 400);
  assert.equal((await new Visitor(house.url).send("PUT", "/api/office/zone", { zone: "Asia/Tokyo" })).status, 401);
  assert.equal(await welcomed(), "America/New_York");
  const trail = async () => Trail.parse((await clerk.get("/api/office/trail?page=1&failed=false")).body).entries;
  let kinds: string[] = [];
  const end = Date.now() + 45_000;
  while (!kinds.includes("house.zone-changed") && Date.now() < end) kinds = (await trail()).map(({ kind }) => kind);
  assert.equal(kinds.filter((kind) => kind === "house.zone-changed").length, 1);
});
