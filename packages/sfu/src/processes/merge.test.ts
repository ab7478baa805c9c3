import assert from "node:assert/strict";
import { it } from "node:test";
import { ListRoomsResponse } from "@livekit/protocol";
import { mergeMetrics, mergeRooms } from "./merge.ts";

it("the rooms of all processes are one list, in either encoding", () => {
  const lists = ["a", "b"].map((name) => new ListRoomsResponse({ rooms: [{ name }] }));
  const names = ({ rooms }: ListRoomsResponse) => rooms.map(({ name }) => name);
  const binary = mergeRooms(
    lists.map((list) => ({
      status: 200,
      headers: { "content-type": "application/protobuf" },
      body: Buffer.from(list.toBinary()),
    })),
  );
  assert.deepEqual(names(ListRoomsResponse.fromBinary(binary?.body ?? Buffer.of())), ["a", "b"]);
  const json = mergeRooms(
    lists.map((list) => ({
      status: 200,
      headers: { "content-type": "application/json" },
      body: Buffer.from(list.toJsonString()),
    })),
  );
  assert.deepEqual(names(ListRoomsResponse.fromJsonString(String(json?.body))), ["a", "b"]);
  assert.equal(json?.headers["content-length"], String(json?.body.length));
});

it("a refusal of one process is the refusal of all", () => {
  const refused = { status: 401, headers: {}, body: Buffer.from("no") };
  const list = { status: 200, headers: {}, body: Buffer.from("{}") };
  assert.equal(mergeRooms([list, refused]), refused);
  assert.equal(mergeRooms([]), null);
});

it("metrics of all processes are told apart by a label, and described once", () => {
  const text = (rooms: number) =>
    `# HELP rooms Rooms.\n# TYPE rooms gauge\nrooms ${rooms}\n# TYPE rtt histogram\nrtt_bucket{le="1"} 2\nrtt_sum 3 1700000000\n`;
  assert.equal(
    mergeMetrics([
      { process: 1, text: text(4) },
      { process: 2, text: text(5) },
    ]),
    `# HELP rooms Rooms.
# TYPE rooms gauge
rooms{process="1"} 4
rooms{process="2"} 5
# TYPE rtt histogram
rtt_bucket{le="1",process="1"} 2
rtt_sum{process="1"} 3 1700000000
rtt_bucket{le="1",process="2"} 2
rtt_sum{process="2"} 3 1700000000
`,
  );
});
