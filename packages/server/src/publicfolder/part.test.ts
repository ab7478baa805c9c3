import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ground, waitFor } from "../testing/alone.ts";
import { publicFolderPart } from "./part.ts";

test("by itself it announces meetings while it is on duty, and those of meanwhile when it takes that up again", async (t) => {
  const alone = await ground(t, 24310);
  const { settings, store, open, plan } = alone;
  const clerk = { id: "clerk123", name: "Kim", email: "griffie@voorbeeld.example", password: "-" };
  await store.house.setUp({ name: "Voorbeeld", zone: "Europe/Amsterdam", demo: false }, clerk, Date.now());
  const { part } = publicFolderPart({ ...alone, zone: () => "Europe/Amsterdam", onBody: () => undefined });
  const { parts } = await open(part);
  // Another one of the same meetings that is always on duty: when it has written something, so would this one have.
  const data = mkdtempSync(join(tmpdir(), "raadhuis-announced-"));
  t.after(() => rmSync(data, { recursive: true }));
  const { announcer: witness } = publicFolderPart({
    ...alone,
    settings: { data },
    zone: () => "Europe/Amsterdam",
    onBody: () => undefined,
  });
  await witness.start();
  t.after(() => witness.stop());
  const announcement = (meeting: string) => join(settings.data, "public", meeting, "announcement.json");
  const listed = () => {
    const { meetings } = JSON.parse(readFileSync(join(settings.data, "public", "index.json"), "utf8"));
    return meetings.map(({ meeting }: { meeting: string }) => meeting).toSorted();
  };

  const { meeting: early } = await plan();
  await parts.startDuty();
  const { meeting: first } = await plan();
  await waitFor(() => existsSync(announcement(first)));
  await parts.stopDuty();
  assert.ok(existsSync(announcement(early)));
  assert.deepEqual(listed(), [early, first].toSorted());

  const { meeting: meanwhile } = await plan();
  await parts.startDuty();
  await parts.stopDuty();
  assert.ok(existsSync(announcement(meanwhile)));
  assert.deepEqual(listed(), [early, first, meanwhile].toSorted());

  const { meeting: last } = await plan();
  await waitFor(() => readFileSync(join(data, "public", "index.json"), "utf8").includes(last));
  assert.ok(!existsSync(announcement(last)), "off duty it wrote an announcement");
  assert.equal(listed().length, 3);
});
