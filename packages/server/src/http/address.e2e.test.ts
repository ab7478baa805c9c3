import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { pino } from "pino";
import { houseFor, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24260;

test("whoever resets the connection when they have asked is written down nowhere", async (t) => {
  const said: string[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => void said.push(line) });
  const house = await houseFor(t, testSettings(PORT), { log });
  const eight = `GET /api/house HTTP/1.1\r\nhost: localhost:${PORT}\r\n\r\n`.repeat(8);
  const come = () =>
    new Promise<void>((resolve) => {
      const socket = connect(PORT, "localhost", () => socket.write(eight, () => socket.resetAndDestroy()));
      socket.on("error", () => undefined).on("close", () => resolve());
    });
  for (let time = 0; time < 20; time++) await Promise.all(Array.from({ length: 20 }, come));
  assert.equal((await new Visitor(house.url).get("/api/house")).status, 200);
  assert.deepEqual(said, []);
});
