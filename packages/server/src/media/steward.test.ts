import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { RoomServiceClient } from "livekit-server-sdk";
import { houseFor, KEYS, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { startMediaServer } from "../testing/mediaserver.ts";

const PORT = 24950;

test("a room of a meeting that this house never had is another house's, and stays", async (t) => {
  const data = mkdtempSync(join(tmpdir(), "raadhuis-steward-"));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  await startMediaServer(t, PORT);
  const settings = testSettings(PORT, { RAADHUIS_DATA: data });
  const first = await houseFor(t, settings);
  const { meeting } = await planMeeting(await setUp(first));
  await first.close();
  const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = KEYS;
  const api = new RoomServiceClient(`http://127.0.0.1:${PORT + 2}`, key, secret, { requestTimeout: 20 });
  const [ours, others] = [`${meeting}-7`, "abcdefgh23456789-1"];
  for (const name of [ours, others]) await api.createRoom({ name });

  // It compares all rooms with its meetings as soon as the media server answers.
  await houseFor(t, settings);
  const end = Date.now() + 45_000;
  const names = async () => (await api.listRooms()).map(({ name }) => name);
  while ((await names()).includes(ours)) {
    assert.ok(Date.now() < end, "a room of an epoch that is over was not deleted");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.deepEqual(await names(), [others]);
});
