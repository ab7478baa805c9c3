import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { DisconnectReason, SessionDescription } from "@livekit/protocol";
import { admissionHeader, admissionOf } from "@raadhuis/protocol/admission";
import { type ServerUnderTest, serverUnderTest } from "../../contract/kit/server.ts";
import { addressOf, Signaller } from "../../contract/kit/signaller.ts";

const side = [
  "a=ice-ufrag:abcd",
  "a=ice-pwd:apasswordoftwentyfourletters",
  `a=fingerprint:sha-256 ${Array(32).fill("AB").join(":")}`,
  "a=setup:actpass",
];
const head = ["v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "t=0 0"];
const sdpOf = (sections: number, lines: (mid: number) => string[]): string =>
  [...head, ...Array.from({ length: sections }, (_, mid) => [...lines(mid), `a=mid:${mid}`, ...side]).flat(), ""].join(
    "\r\n",
  );

/** As a browser's, that receives so many pictures. */
const receiving = (sections: number): string =>
  sdpOf(sections, () => [
    "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99",
    "a=recvonly",
    ...["a=rtpmap:96 VP8/90000", "a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=96", "a=rtcp-fb:96 nack pli"],
    ...["a=rtpmap:98 VP9/90000", "a=rtpmap:99 rtx/90000", "a=fmtp:99 apt=98", "a=rtcp-fb:98 nack pli"],
  ]);

/** The codecs of video that a description has. */
const picturesIn = (sdp: string) => [...sdp.matchAll(/^a=rtpmap:\d+ (VP8|VP9|H264|AV1)\//gm)].map((match) => match[1]);

it("in a house VP8 and no other picture is taken from anybody, nor sent, by one connection or two", async (t) => {
  const secret = "the secret of one start of the house";
  const server = await serverUnderTest({ RAADHUIS_ADMISSION_SECRET: secret });
  t.after(() => server.stop());
  for (const path of ["/rtc/v1", "/rtc"] as const) {
    const ticket = await server.ticket(`member by ${path}`, { room: "r" });
    const headers = { [admissionHeader]: admissionOf(secret, ticket) };
    const signaller = new Signaller(addressOf(server.url, ticket, { path }), headers);
    t.after(() => signaller.socket.terminate());
    const { enabledPublishCodecs, room } = await signaller.hears("join");
    for (const told of [enabledPublishCodecs, room?.enabledCodecs])
      assert.deepEqual(
        told?.map(({ mime }) => mime),
        ["video/VP8", "audio/opus", "audio/red"],
      );
    for (const direction of ["sendonly", "recvonly"]) {
      const id = direction === "sendonly" ? 1 : 2;
      const sdp = receiving(1).replace("a=recvonly", `a=${direction}`);
      signaller.say({ case: "offer", value: new SessionDescription({ type: "offer", sdp, id }) });
      const answer = await signaller.hears("answer", (heard) => heard.id === id);
      assert.deepEqual(picturesIn(answer.sdp), ["VP8"], `${path} ${direction}`);
    }
  }
});

it("a recorder is sent VP8 and no other picture, whatever it could decode; others all that they offer", async (t) => {
  const server = await serverUnderTest();
  t.after(() => server.stop());
  const codecsOf = async (identity: string, grant: { hidden?: boolean; recorder?: boolean }) => {
    const ticket = await server.ticket(identity, { room: "r", canPublish: false, ...grant });
    const signaller = new Signaller(addressOf(server.url, ticket));
    t.after(() => signaller.socket.terminate());
    await signaller.hears("join");
    signaller.say({ case: "offer", value: new SessionDescription({ type: "offer", sdp: receiving(1), id: 1 }) });
    const { sdp } = await signaller.hears("answer");
    return picturesIn(sdp);
  };
  assert.deepEqual(await codecsOf("observer", {}), ["VP8", "VP9"]);
  assert.deepEqual(await codecsOf("recorder", { hidden: true, recorder: true }), ["VP8"]);
});

describe("the time that one person's descriptions take", { timeout: 180_000 }, () => {
  let server: ServerUnderTest;
  let people = 0;
  before(async () => {
    server = await serverUnderTest();
  });
  after(() => server?.stop());

  async function observer(room: string): Promise<Signaller> {
    const ticket = await server.ticket(`observer${++people}`, { room, canPublish: false });
    const signaller = new Signaller(addressOf(server.url, ticket));
    await signaller.hears("join");
    return signaller;
  }
  const offer = (signaller: Signaller, sdp: string, id: number): void =>
    signaller.say({ case: "offer", value: new SessionDescription({ type: "offer", sdp, id }) });
  const answersOf = ({ heard }: Signaller) => heard.filter((message) => message.case === "answer").length;

  it("is theirs for a page that receives hundreds of pictures, and describes itself again and again", async () => {
    const page = await observer("large");
    const sdp = receiving(500);
    for (let id = 1; id <= 8; id++) {
      offer(page, sdp, id);
      await page.hears("answer", (answer) => answer.id === id);
    }
    assert.ok(!page.hasHeard("leave"));
    page.socket.terminate();
  });

  it("is not for whoever asks again and again without waiting: they are put out with a word, and others are answered", async () => {
    const [one, other] = [await observer("attacked"), await observer("attacked")];
    const sdp = receiving(100);
    for (let id = 1; id <= 80; id++) offer(one, sdp, id);
    offer(other, sdp, 1);
    const leave = await one.hears("leave");
    assert.equal(leave.reason, DisconnectReason.JOIN_FAILURE);
    await other.hears("answer");
    await one.out();
    assert.ok(answersOf(one) < 60, `${answersOf(one)} answers`);
    assert.ok(!other.hasHeard("leave"));
    other.socket.terminate();
  });
});
