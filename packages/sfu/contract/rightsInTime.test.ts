import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { TrackSource } from "livekit-server-sdk";
import { type Person, red } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { own } from "./kit/server.ts";
import { until } from "./kit/wait.ts";

/** So long nothing has come that nothing comes any more, ms. */
const quietMs = 700;
/** Within this the last packet has come, in one of three calls: a busy machine is no fault of the server. */
const aimMs = 200;
/** And within this in each of them, and on LiveKit, which takes a second to mute somebody. */
const boundMs = 3000;

describe("rights that are changed in mid-call stop packets, whatever their holder's page does", patience, () => {
  const here = roomForEach("in-time");
  let count = 0;

  /** In a room of their own, for one test may need several. */
  const pair = async () => {
    const room = `${here.name}-${++count}`;
    const [anna, bert] = [
      await here.person("anna", { grant: { room } }),
      await here.person("bert", { grant: { room } }),
    ];
    await anna.show(red);
    const microphone = await anna.sing(440);
    await bert.call("watchPackets");
    await flowing(bert, "audio");
    await flowing(bert, "video");
    await anna.call("defy");
    return { room, anna, bert, microphone };
  };
  const packets = (who: Person, kind: string) => who.call<{ packets: number; at: number }>("packets", kind);
  const flowing = async (who: Person, kind: string) => {
    const { packets: before } = await packets(who, kind);
    await until(`more ${kind}`, async () => (await packets(who, kind)).packets > before + 5);
  };
  type Pair = Awaited<ReturnType<typeof pair>>;
  /** Does it, and resolves with how long after its call the last packet came, ms. */
  const stops = async (who: Person, kinds: string[], change: () => Promise<unknown>): Promise<number> => {
    const began = Date.now();
    await change();
    const times = kinds.map(async (kind) => {
      const last = await until(`no more ${kind}`, async () => {
        const { at } = await packets(who, kind);
        return Date.now() - at > quietMs && at;
      });
      assert.ok(last - began < boundMs, `${kind} went on for ${last - began} ms`);
      return Math.max(0, Math.round(last - began));
    });
    return Math.max(...(await Promise.all(times)));
  };
  /** The same change in one call after another, until its media stop within the time aimed at. */
  const inTime = async (t: TestContext, change: (call: Pair) => Promise<number>): Promise<void> => {
    const wanted = here.server.own ? aimMs : boundMs;
    const times: number[] = [];
    while (times.length < 3 && !times.some((ms) => ms <= wanted)) {
      const call = await pair();
      times.push(await change(call));
      for (const one of [call.anna, call.bert]) await one.call("leave");
    }
    t.diagnostic(`last packet after ${times.join(", ")} ms`);
    assert.ok(Math.min(...times) <= wanted, `packets went on for ${times.join(", ")} ms`);
  };

  it("of publishing one source, and of all", (t) =>
    inTime(t, async ({ room, bert }) => {
      const permission = { canPublish: true, canSubscribe: true, canPublishSources: [TrackSource.MICROPHONE] };
      const one = await stops(bert, ["video"], () => here.api.updateParticipant(room, "anna", { permission }));
      await flowing(bert, "audio");
      const nothing = { canPublish: false, canSubscribe: true };
      const all = await stops(bert, ["audio"], () => here.api.updateParticipant(room, "anna", { permission: nothing }));
      return Math.max(one, all);
    }));

  it("of subscribing", (t) =>
    inTime(t, ({ room, bert }) => {
      const permission = { canPublish: true, canSubscribe: false };
      return stops(bert, ["audio", "video"], () => here.api.updateParticipant(room, "bert", { permission }));
    }));

  it("of being heard: muted from afar", (t) =>
    inTime(t, async ({ room, anna, bert, microphone }) => {
      const ms = await stops(bert, ["audio"], () => here.api.mutePublishedTrack(room, "anna", microphone, true));
      await flowing(bert, "video");
      const sent = await anna.call<number>("sent", "audio");
      await until("anna sends on", async () => (await anna.call<number>("sent", "audio")) > sent + 5);
      return ms;
    }));

  it("of being here", (t) =>
    inTime(t, ({ room, bert }) => stops(bert, ["audio", "video"], () => here.api.removeParticipant(room, "anna"))));

  it(
    "and stay changed for whoever comes in again with the ticket from before",
    own("LiveKit gives the rights of the ticket again to whoever joins with it anew"),
    async () => {
      // A busy machine opens a page in a minute.
      const ticket = await here.ticket("anna", {}, { ttl: 600 });
      const made = Math.floor(Date.now() / 1000);
      const anna = await here.page();
      await anna.join(here.server.url, ticket);
      await until("another second than the ticket's", () => Math.floor(Date.now() / 1000) > made);
      const permission = { canPublish: true, canSubscribe: true, canPublishSources: [TrackSource.MICROPHONE] };
      await here.api.updateParticipant(here.name, "anna", { permission });
      const again = await here.page();
      await again.join(here.server.url, ticket);
      const { permission: now } = await here.api.getParticipant(here.name, "anna");
      assert.deepEqual(now?.canPublishSources, [TrackSource.MICROPHONE]);
      const newer = await here.person("anna");
      assert.deepEqual((await here.api.getParticipant(here.name, "anna")).permission?.canPublishSources, []);
      // Also while she is away, though the call finds nobody.
      const older = await here.ticket("anna", {}, { ttl: 600 });
      const later = Math.floor(Date.now() / 1000);
      await newer.call("leave");
      await until("another second than that ticket's", () => Math.floor(Date.now() / 1000) > later);
      await until("she is gone", async () => (await here.identities()).length === 0);
      await assert.rejects(here.api.updateParticipant(here.name, "anna", { permission }));
      await again.join(here.server.url, older);
      const { permission: back } = await here.api.getParticipant(here.name, "anna");
      assert.deepEqual(back?.canPublishSources, [TrackSource.MICROPHONE]);
    },
  );
});
