import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { dispose, TrackSource } from "@livekit/rtc-node";
import { pino } from "pino";
import { RoomSource } from "./room.ts";
import { isOn } from "./sight.ts";
import { livekitIsHere, startLivekit, startOurs } from "./testing/mediaServer.ts";
import { Publisher, ticket } from "./testing/publisher.ts";

after(() => dispose());

const servers = [
  { name: "the house's media server", start: startOurs, skip: false, port: 23700 },
  {
    name: "LiveKit's server",
    start: startLivekit,
    skip: !livekitIsHere && "RAADHUIS_TEST_LIVEKIT is not set",
    port: 23710,
  },
];
for (const { name, start, skip, port } of servers)
  test(`a camera or a screen that is not shown is let go and comes back when it is to be, on ${name}`, {
    skip,
    timeout: 180_000,
  }, async (context) => {
    const server = await start(port);
    const people = [
      new Publisher({ colour: [110, 90, 80], tone: 0 }),
      new Publisher({ colour: [110, 100, 200], tone: 600 }),
    ];
    const heard = new Set<string>();
    const source = new RoomSource({
      room: "council",
      url: server.url,
      token: await ticket(server, "council", "egress", true),
      clock: () => Date.now(),
      log: pino({ level: "silent" }),
      events: { heard: (who, level) => level > -40 && heard.add(who), left: () => undefined },
      restMs: 500,
    });
    context.after(async () => {
      await source.close();
      await Promise.all(people.map((person) => person.leave()));
      await server.stop();
    });
    await people[0]!.join(server, "council", "alice");
    await people[1]!.join(server, "council", "bob");
    const cameraOf = (who: string) => source.sources.get(who)?.camera ?? null;
    const flowing = (who: string) => cameraOf(who)?.queue.at(Date.now(), 300) != null;
    const until = async (wanted: string | null, satisfied: () => boolean): Promise<void> => {
      while (!satisfied()) {
        source.want(wanted === null ? null : new Set([wanted]), Date.now() - 1000);
        await wait(50);
      }
    };
    const subscribed = (who: string) => cameraOf(who)?.publication.subscribed ?? null;
    await until("alice", () => flowing("alice") && subscribed("bob") === false && !cameraOf("bob")?.publication.track);
    assert.ok(isOn(cameraOf("bob")), "a camera that rests is not off");
    heard.clear();
    await until("alice", () => heard.has("bob"));
    const asked = Date.now();
    await until("bob", () => flowing("bob"));
    await until(null, () => subscribed("bob") === false);
    assert.ok(isOn(cameraOf("bob")), "it is let go, not off");
    heard.clear();
    await until(null, () => heard.has("bob"));
    await until("bob", () => flowing("bob"));
    context.diagnostic(`there ${Date.now() - asked} ms after it was wanted`);
    await until("bob", () => !cameraOf("alice")?.publication.track);
    const first = cameraOf("alice")!.publication;
    await until("alice", () => flowing("alice") && first.subscribed);
    const another = await people[0]!.add(TrackSource.SOURCE_CAMERA);
    const [lower, higher] = [first.sid!, another.sid].sort();
    const shownSid = () => (flowing("alice") ? cameraOf("alice")?.publication.sid : null);
    await until("alice", () => shownSid() === lower);
    for (const end = Date.now() + 2500; Date.now() < end; await until("alice", () => flowing("alice")))
      assert.equal(cameraOf("alice")?.publication.sid, lower, "of two cameras it is one and the same at every look");
    await (lower === another.sid ? another.takeBack() : people[0]!.closeCamera());
    await until("alice", () => shownSid() === higher);
    const screenOf = (who: string) => source.sources.get(who)?.screen ?? null;
    // When the next frame is made, a second later.
    const shows = (who: string) => screenOf(who)?.queue.showsAt(Date.now() - 1000) ?? false;
    const hidden = (who: string) => isOn(screenOf(who)) && !screenOf(who)?.publication.track;
    const screen = await people[0]!.add(TrackSource.SOURCE_SCREENSHARE);
    await people[1]!.add(TrackSource.SOURCE_SCREENSHARE);
    await until("bob", () => shows("alice") && hidden("bob"));
    await screen.takeBack();
    await until("bob", () => shows("bob"));
    await people[0]!.add(TrackSource.SOURCE_SCREENSHARE);
    await until("bob", () => shows("alice") && hidden("bob"));
    await people[0]!.leave();
    await until("bob", () => shows("bob"));
    await until("bob", () => !isOn(cameraOf("alice")));
    await until("bob", () => !cameraOf("alice"));
  });
