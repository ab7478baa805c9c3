import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { TrackSource, type VideoGrant } from "livekit-server-sdk";
import { type Browsing, type Person, startBrowsing } from "./kit/browser.ts";
import { own, type ServerUnderTest, serverUnderTest, type TicketOptions } from "./kit/server.ts";
import { eventually, until } from "./kit/wait.ts";

const red = [230, 30, 30] as const;
const css = (colour: readonly number[]) => `rgb(${colour.join(",")})`;

describe("rights are enforced by the media server", { timeout: 600_000 }, () => {
  let server: ServerUnderTest;
  let browsing: Browsing;
  let count = 0;
  let room = "";

  before(async () => {
    [server, browsing] = await Promise.all([serverUnderTest(), startBrowsing()]);
  });
  after(async () => {
    await Promise.all([server.stop(), browsing.stop()]);
  });

  const newRoom = () => {
    room = `rights-${++count}`;
  };
  const person = async (identity: string, grant: VideoGrant = {}, options: TicketOptions = {}): Promise<Person> => {
    const opened = await browsing.open();
    await opened.join(server.url, await server.ticket(identity, { room, ...grant }, options));
    return opened;
  };
  /** Publishes and says whether that worked within two seconds; for what must not work. */
  const tries = (who: Person, what: string, ...args: unknown[]) =>
    Promise.race([
      who.call(what, ...args).then(
        () => true,
        () => false,
      ),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 2000)),
    ]);
  const publishes = (who: Person, identity: string, ...sources: string[]) =>
    eventually(async () => assert.deepEqual(await sourcesOf(who, identity), sources));
  const sourcesOf = async (who: Person, identity: string) =>
    (await who.call<{ identity: string; sources: string[] }[]>("others")).find((other) => other.identity === identity)
      ?.sources;

  it("who may not publish is not seen, whatever the page does", async () => {
    newRoom();
    const mute = await person("mute", { canPublish: false });
    await mute.call("lie");
    const anna = await person("anna");
    assert.equal(await tries(mute, "publishColour", css(red)), false);
    await publishes(anna, "mute");
  });

  it("only the sources of the ticket may be published", async () => {
    newRoom();
    const voice = await person("voice", { canPublishSources: [TrackSource.MICROPHONE] });
    await voice.call("lie");
    const anna = await person("anna");
    await voice.call("publishTone", 440);
    assert.equal(await tries(voice, "publishColour", css(red), { source: "screen_share" }), false);
    await anna.hears("voice/microphone", 440);
    await publishes(anna, "voice", "microphone");
  });

  it(
    "a picture that says it is a microphone is not one",
    own("LiveKit takes a track's source as it is told"),
    async () => {
      newRoom();
      const voice = await person("voice", { canPublishSources: [TrackSource.MICROPHONE] });
      await voice.call("lie");
      const anna = await person("anna");
      assert.equal(await tries(voice, "disguise", css(red)), false);
      await publishes(anna, "voice");
    },
  );

  it("who may not subscribe sees that people are there, and nothing of them", async () => {
    newRoom();
    const anna = await person("anna");
    await anna.call("publishColour", css(red));
    const blind = await person("blind", { canSubscribe: false });
    const seeing = await person("seeing");
    await seeing.sees("anna/camera", red);
    assert.equal(await blind.picture("anna/camera"), null);
    await blind.call("setSubscribed", "anna", "camera", true).catch(() => {});
    await seeing.call("publishTone", 440);
    await anna.hears("seeing/microphone", 440);
    assert.equal(await blind.picture("anna/camera"), null);
  });

  it("a hidden participant sees all and is seen by nobody", async () => {
    newRoom();
    const anna = await person("anna");
    await anna.call("publishColour", css(red));
    const hidden = await person("hidden", { hidden: true, recorder: true, canPublish: false });
    await hidden.sees("anna/camera", red);
    await until("anna knows that she is recorded", () => anna.call<boolean>("isRecording"));
    const bert = await person("bert");
    await bert.happened("trackSubscribed", { identity: "anna" });
    for (const one of [anna, bert])
      assert.ok(!(await one.call<{ identity: string }[]>("others")).some((other) => other.identity === "hidden"));
  });

  it("taking the right to publish away ends the track at once, and giving it back lets it begin anew", async () => {
    newRoom();
    const anna = await person("anna");
    const bert = await person("bert");
    await anna.call("publishColour", css(red));
    await anna.call("publishTone", 440);
    await bert.sees("anna/camera", red);
    await bert.hears("anna/microphone", 440);
    await server.api.updateParticipant(room, "anna", {
      permission: { canPublish: true, canSubscribe: true, canPublishSources: [TrackSource.MICROPHONE] },
    });
    await bert.happened("trackUnsubscribed", { identity: "anna", source: "camera" });
    await until(
      "camera gone with its owner too",
      async () => !(await anna.call<string[]>("published")).includes("camera"),
    );
    await publishes(bert, "anna", "microphone");
    await bert.hears("anna/microphone", 440);
    await server.api.updateParticipant(room, "anna", { permission: { canPublish: true, canSubscribe: true } });
    // Until the right has arrived, the client refuses by itself.
    await until("the right has arrived", () =>
      anna.call("publishColour", css(red)).then(
        () => true,
        () => false,
      ),
    );
    await until("camera again", async () => (await sourcesOf(bert, "anna"))?.includes("camera"));
    await bert.moves("anna/camera");
  });

  it("taking the right to subscribe away ends what is received", async () => {
    newRoom();
    const anna = await person("anna");
    const bert = await person("bert");
    await anna.call("publishColour", css(red));
    await bert.sees("anna/camera", red);
    await server.api.updateParticipant(room, "bert", { permission: { canPublish: true, canSubscribe: false } });
    const bytes = async () => (await bert.call<{ receivedBytes: number }>("transport")).receivedBytes;
    await until("nothing on the wire", async () => {
      const first = await bytes();
      await new Promise((resolve) => setTimeout(resolve, 400));
      return (await bytes()) - first < 500;
    });
    await server.api.updateParticipant(room, "bert", { permission: { canPublish: true, canSubscribe: true } });
    await bert.moves("anna/camera");
  });

  it("names, metadata and attributes of the ticket are seen by the others", async () => {
    newRoom();
    const anna = await person("anna");
    await person("bert", {}, { name: "Bert <b>Bakker</b>", metadata: "member", attributes: { party: "X" } });
    const [bert] = await until("bert", async () => {
      const others = await anna.call<{ name: string; metadata: string; attributes: object }[]>("others");
      return others.length === 1 && others;
    });
    assert.equal(bert?.name, "Bert <b>Bakker</b>");
    assert.equal(bert?.metadata, "member");
    assert.deepEqual(bert?.attributes, { party: "X" });
  });
});
