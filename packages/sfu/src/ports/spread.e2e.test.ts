import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { AccessToken } from "livekit-server-sdk";
import { freePort } from "../../contract/kit/server.ts";
import { endSynthetics, Synthetic } from "../../contract/kit/synthetic.ts";
import { until } from "../../contract/kit/wait.ts";
import { createLog } from "../base/log.ts";
import { type Sfu, startSfu } from "../sfu.ts";

const api = { key: "spread", secret: "a secret of the test's own" };

/** Three media threads, and no more than one person of a room on each while there is another. */
describe("a room on several media threads", { timeout: 600_000 }, () => {
  let sfu: Sfu;
  let url: string;
  const people: Synthetic[] = [];

  before(async () => {
    const port = await freePort();
    const started = await startSfu({
      httpPort: port,
      udpPort: port,
      threads: 3,
      peoplePerThread: 1,
      publicIps: ["127.0.0.1"],
      api,
      log: createLog("warn"),
    });
    assert.ok("port" in started, JSON.stringify(started));
    sfu = started;
    url = `ws://127.0.0.1:${port}`;
  });
  after(async () => {
    await Promise.all(people.map((person) => person.leave()));
    await endSynthetics();
    sfu.stop();
  });

  async function enter(identity: string): Promise<Synthetic> {
    const token = new AccessToken(api.key, api.secret, { identity, ttl: 60 });
    token.addGrant({ roomJoin: true, room: "spread" });
    const person = new Synthetic();
    people.push(person);
    await person.join(url, await token.toJwt());
    return person;
  }

  it("carries picture and sound from each thread to each", async () => {
    const [red, green, silent] = [await enter("red"), await enter("green"), await enter("silent")];
    await red.show(81, 90, 240, { simulcast: true });
    await green.show(145, 54, 34);
    await red.sing(440);
    await green.sing(700);
    for (const person of [green, silent]) {
      await person.sees("red/1", 81, 90, 240);
      await person.hears("red/2", 440);
    }
    for (const person of [red, silent]) {
      await person.sees("green/1", 145, 54, 34);
      await person.hears("green/2", 700);
    }
    await until("four tracks, each on the two threads that are not its own", () => sfu.mirrors() === 8);
  });

  it("gives a late one a picture at once: what asks for a key frame reaches the other thread", async () => {
    const late = await enter("late");
    await late.sees("red/1", 81, 90, 240);
    await late.sees("green/1", 145, 54, 34);
    assert.equal(sfu.mirrors(), 8, "one copy of a track for each thread, whoever many it goes to");
  });

  it("ends what goes from thread to thread when nobody is left to receive it there", async () => {
    const [, , silent, late] = people;
    await silent?.leave();
    await late?.leave();
    await until("mirrors of the two alone", () => sfu.mirrors() === 4);
    const [red, green] = people;
    await green?.sees("red/1", 81, 90, 240);
    await red?.leave();
    await until("no mirror", () => sfu.mirrors() === 0);
  });
});
