import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { type TestContext, test } from "node:test";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { selfOf } from "../testing/mediaserver.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24280;

/** A media server that is none, beside a house whose first port is `port`, and a seat with a ticket. */
async function withMediaServer(t: TestContext, port: number, mediaServer: Server) {
  await new Promise<void>((resolve) => mediaServer.listen(port + 2, "127.0.0.1", resolve));
  t.after(() => {
    mediaServer.closeAllConnections();
    mediaServer.close();
  });
  const house = await houseFor(t, testSettings(port));
  const { links } = await planMeeting(await setUp(house));
  const visitor = new Visitor(house.url);
  const line = await visitor.sit(links[0]!.link);
  const { ticket } = await line.next("media");
  return { visitor, token: ticket.token };
}

test("asking whether a ticket opens costs a seat what opening does, and the media server nothing but a look", async (t) => {
  const asked = new Set<string>();
  const mediaServer = createServer(({ url = "" }, response) => {
    if (url.startsWith("/rtc")) asked.add(url);
    response.end("success");
  });
  const { visitor, token } = await withMediaServer(t, PORT, mediaServer);
  const statuses: number[] = [];
  while (statuses.length < 1_000 && !statuses.includes(429)) {
    const ask = () => visitor.get(`/rtc/v1/validate?access_token=${token}${selfOf["/rtc/v1"]}`);
    statuses.push(...(await Promise.all(Array.from({ length: 20 }, ask))).map(({ status }) => status));
  }
  assert.equal(statuses[0], 200);
  assert.ok(statuses.includes(429));
  assert.deepEqual([...asked], ["/rtc/validate"]);
});
