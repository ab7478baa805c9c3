import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isDeepStrictEqual } from "node:util";
import {
  AddTrackRequest,
  DisconnectReason,
  LeaveRequest_Action,
  MuteTrackRequest,
  ParticipantInfo_State,
  Ping,
  RequestResponse_Reason,
  SessionDescription,
  SimulateScenario,
  SyncState,
  TrackInfo,
  TrackPublishedResponse,
  TrackSource,
  TrackType,
  UpdateLocalAudioTrack,
  UpdateLocalVideoTrack,
  UpdateParticipantMetadata,
  UpdateTrackSettings,
} from "@livekit/protocol";
import { type Entry, patience, roomForEach } from "./kit/room.ts";
import { own } from "./kit/server.ts";
import { queryOf, type Signaller, type Way } from "./kit/signaller.ts";
import { until } from "./kit/wait.ts";

const { SERVER_SHUTDOWN, STATE_MISMATCH } = DisconnectReason;

/** One microphone. */
const voiceOffer = [
  "v=0",
  "o=- 1 1 IN IP4 127.0.0.1",
  "s=-",
  "t=0 0",
  "a=group:BUNDLE 0",
  "m=audio 9 UDP/TLS/RTP/SAVPF 111",
  "c=IN IP4 0.0.0.0",
  "a=rtcp-mux",
  "a=mid:0",
  "a=ice-ufrag:anna",
  "a=ice-pwd:apasswordoftwentyfourletters",
  `a=fingerprint:sha-256 ${Array(32).fill("AB").join(":")}`,
  "a=setup:actpass",
  "a=sendonly",
  "a=rtpmap:111 opus/48000/2",
  "a=msid:anna voice",
  "a=ssrc:1234567 cname:anna",
  "",
].join("\r\n");

for (const path of ["/rtc", "/rtc/v1"] as const)
  describe(`signalling over ${path}`, patience, () => {
    const room = roomForEach(`signal${path.replaceAll("/", "-")}`);

    const open = (identity: string, entry: Entry = {}, way: Way = {}) =>
      room.signaller(identity, { ...entry, way: { path, ...way } });
    const join = async (identity: string, entry: Entry = {}, way: Way = {}) => {
      const one = await open(identity, entry, way);
      const { participant } = await one.hears("join");
      return { one, sid: participant?.sid ?? "" };
    };
    const refusal = (one: Signaller, kind: string) =>
      one.hears("requestResponse", ({ request, reason }) => request.case === kind && reason !== 0);

    it("the join tells who is there, how often to ping, and which side the client waits for", async () => {
      await join("anna");
      const { one } = await join("bert");
      const answer = await one.hears("join");
      assert.equal(answer.pingInterval, 5);
      assert.equal(answer.pingTimeout, 15);
      assert.equal(answer.subscriberPrimary, path === "/rtc");
      assert.equal(answer.fastPublish, true);
      const { one: listener } = await join("carl", { grant: { canPublish: false } });
      assert.equal((await listener.hears("join")).fastPublish, false);
      assert.deepEqual(
        answer.otherParticipants.map(({ identity }) => identity),
        ["anna"],
      );
      if (path === "/rtc") assert.match((await one.hears("offer")).sdp, /a=setup:actpass/);
      const token = await one.hears("refreshToken", undefined, room.server.own ? 45_000 : 15_000).catch(() => null);
      if (room.server.own) assert.ok(token);
    });

    it("takes a first offer, and the tracks in it, with the join", async () => {
      if (path === "/rtc") return;
      const tracks = ["voice", "voice", "forbidden"].map((cid) => ({
        cid,
        type: TrackType.AUDIO,
        source: cid === "voice" ? TrackSource.MICROPHONE : TrackSource.SCREEN_SHARE_AUDIO,
      }));
      const publisherOffer = { type: "offer", sdp: voiceOffer, id: 7 };
      const grant = { canPublishSources: [TrackSource.MICROPHONE] };
      const { one } = await join("anna", { grant }, { join: { addTrackRequests: tracks, publisherOffer } });
      const { sdp, id, midToTrackId } = await one.hears("answer");
      assert.equal(id, 7);
      assert.match(sdp, /^m=audio [1-9][\s\S]*a=recvonly/m);
      assert.deepEqual(midToTrackId, {});
      const { cid, track } = await one.hears("trackPublished");
      assert.deepEqual([cid, track?.source], ["voice", TrackSource.MICROPHONE]);
      const again = one.heard.filter((message) => message.case === "trackPublished");
      assert.deepEqual(new Set(again.map(({ value }) => value.track?.sid)), new Set([track?.sid]));
      const { reason } = await one.hears(
        "requestResponse",
        ({ request }) => request.case === "addTrack" && request.value.cid === "forbidden",
      );
      assert.equal(reason, RequestResponse_Reason.NOT_ALLOWED);
      assert.equal(one.heard[0]?.case, "join");
    });

    it("answers in JSON to who writes JSON, and in protobuf again to who goes back to it", async () => {
      const { one } = await join("anna");
      assert.deepEqual(one.asText.includes(true), false);
      one.write({ case: "ping", value: 1n });
      await one.hears("pong");
      assert.equal(one.asText[one.heard.findIndex((message) => message.case === "pong")], true);
      one.say({ case: "pingReq", value: new Ping({ timestamp: 77n, rtt: 5n }) });
      const { lastPingTimestamp } = await one.hears("pongResp");
      assert.equal(lastPingTimestamp, 77n);
      assert.equal(one.asText[one.heard.findIndex((message) => message.case === "pongResp")], false);
      // Fields that we do not know are let be.
      one.socket.send('{"ping":"2","never":{"heard":["of"]}}');
      await until("a second pong", () => one.heard.filter((message) => message.case === "pong").length > 1);
    });

    it("requests about tracks are answered with the reason why not, and with the request", async () => {
      const { one } = await join("anna", { grant: { canPublishSources: [2] } });
      const camera = { cid: "c", type: TrackType.VIDEO, source: TrackSource.CAMERA };
      one.say({ case: "addTrack", value: new AddTrackRequest(camera) });
      const refused = await refusal(one, "addTrack");
      assert.equal(refused.reason, RequestResponse_Reason.NOT_ALLOWED);
      assert.ok(refused.request.case === "addTrack" && refused.request.value.cid === "c");
      const audio = { cid: "a", type: TrackType.AUDIO, source: TrackSource.MICROPHONE };
      one.say({ case: "addTrack", value: new AddTrackRequest(audio) });
      const { track } = await one.hears("trackPublished", ({ cid }) => cid === "a");
      assert.match(track?.sid ?? "", /^TR_A/);
      const trackSid = "TR_none";
      one.say({ case: "mute", value: new MuteTrackRequest({ sid: trackSid, muted: true }) });
      one.say({ case: "updateAudioTrack", value: new UpdateLocalAudioTrack({ trackSid }) });
      one.say({ case: "updateVideoTrack", value: new UpdateLocalVideoTrack({ trackSid, width: 1, height: 1 }) });
      for (const kind of ["mute", "updateAudioTrack", "updateVideoTrack"])
        assert.equal((await refusal(one, kind)).reason, RequestResponse_Reason.NOT_FOUND, kind);
    });

    it("own name, metadata and attributes: with the right to, within limits, told to the others", async () => {
      const { one: bert } = await join("bert");
      const { one: mute } = await join("mute");
      const update = (requestId: number, more: object) => new UpdateParticipantMetadata({ requestId, ...more });
      mute.say({ case: "updateMetadata", value: update(7, { name: "Somebody Else" }) });
      const refused = await refusal(mute, "updateMetadata");
      assert.deepEqual([refused.requestId, refused.reason], [7, RequestResponse_Reason.NOT_ALLOWED]);
      const { one: anna } = await join("anna", {
        grant: { canUpdateOwnMetadata: true },
        attributes: { seat: "4", party: "X" },
      });
      const changes = { name: "Anna", metadata: "m", attributes: { seat: "", hand: "up" } };
      anna.say({ case: "updateMetadata", value: update(8, changes) });
      assert.equal((await anna.hears("requestResponse")).requestId, 8);
      await bert.hears("update", ({ participants }) =>
        participants.some(
          ({ name, metadata, attributes }) =>
            name === "Anna" && metadata === "m" && isDeepStrictEqual({ ...attributes }, { hand: "up", party: "X" }),
        ),
      );
      for (const [requestId, excess] of [
        [9, { name: "x".repeat(1000) }],
        [10, room.server.own ? { metadata: "x".repeat(40_000) } : { name: "y".repeat(1000) }],
        [11, { attributes: { a: "x".repeat(room.server.own ? 40_000 : 70_000) } }],
      ] as const) {
        anna.say({ case: "updateMetadata", value: update(requestId, excess) });
        const over = await anna.hears("requestResponse", (response) => response.requestId === requestId);
        assert.equal(over.reason, RequestResponse_Reason.LIMIT_EXCEEDED);
      }
    });

    it(
      "who is back hears of those who left meanwhile, under the same sid as before",
      own("LiveKit keeps nobody whose media never came up"),
      async () => {
        const { one: anna, sid } = await join("anna");
        const { one: bert, sid: bertSid } = await join("bert");
        await anna.hears("update", ({ participants }) => participants.some((one) => one.sid === bertSid));
        anna.socket.terminate();
        bert.say({ case: "leave", value: {} as never });
        await until("bert is gone", async () => {
          return !(await room.identities()).includes("bert");
        });
        const back = await open("anna", {}, { resume: sid });
        await back.hears("reconnect");
        const { DISCONNECTED } = ParticipantInfo_State;
        await back.hears("update", ({ participants }) =>
          participants.some((info) => info.sid === bertSid && info.state === DISCONNECTED),
        );
        await back.hears("update", ({ participants }) => participants.some((info) => info.sid === sid));
        await back.hears("roomUpdate");
      },
    );

    it("who comes back to a place that is not theirs is told to join anew", async () => {
      await join("anna");
      const stranger = await open("carl", {}, { resume: "PA_nobody" });
      const leave = await stranger.hears("leave");
      assert.deepEqual([leave.action, leave.reason], [LeaveRequest_Action.RECONNECT, STATE_MISMATCH]);
      await stranger.out();
    });

    it(
      "who comes back with a track that is not known here is told to join anew",
      own("LiveKit keeps nobody whose media never came up"),
      async () => {
        const { one, sid } = await join("anna");
        one.socket.terminate();
        const back = await open("anna", {}, { resume: sid });
        await back.hears("reconnect");
        const track = new TrackInfo({ sid: "TR_lost" });
        const publishTracks = [new TrackPublishedResponse({ cid: "x", track })];
        back.say({ case: "syncState", value: new SyncState({ publishTracks }) });
        const leave = await back.hears("leave");
        assert.deepEqual([leave.action, leave.reason], [LeaveRequest_Action.RECONNECT, STATE_MISMATCH]);
      },
    );

    it("who comes back may say by which long descriptions it was here", async () => {
      const { one } = await join("anna");
      // As many lines as for a hundred people.
      const sdp = `v=0\r\n${"a=x\r\n".repeat(110_000)}`;
      const state = new SyncState({ offer: { type: "offer", sdp }, answer: { type: "answer", sdp } });
      one.say({ case: "syncState", value: state });
      one.say({ case: "ping", value: 1n });
      await one.hears("pong");
    });

    it("a metadata or attribute in the join counts only with the right to change it", async () => {
      // The older form has attributes only.
      const metadata = path === "/rtc" ? "" : "x";
      const refused = await open("anna", {}, { attributes: { a: "1" } });
      await refused.out();
      assert.equal(refused.status, 401);
      const { one } = await join(
        "bert",
        { grant: { canUpdateOwnMetadata: true } },
        { metadata, attributes: { a: "1" } },
      );
      const { participant } = await one.hears("join");
      assert.deepEqual([participant?.metadata, { ...participant?.attributes }], [metadata, { a: "1" }]);
    });

    it("mishaps that SDKs ask for befall the one who asks", async () => {
      const { one: bert } = await join("bert");
      const { one: anna } = await join("anna");
      anna.say({
        case: "simulate",
        value: new SimulateScenario({ scenario: { case: "serverLeave", value: true } }),
      });
      assert.equal((await anna.hears("leave")).reason, SERVER_SHUTDOWN);
      await anna.out();
      const { one: carl } = await join("carl");
      carl.say({
        case: "simulate",
        value: new SimulateScenario({ scenario: { case: "nodeFailure", value: true } }),
      });
      await carl.out();
      assert.equal(bert.closed, false);
    });

    it("says whether a ticket would open it, without opening it", async () => {
      const validate = async (ticket: string, query: string) =>
        (await fetch(`${room.server.http}${path}/validate?access_token=${ticket}&${query}`)).status;
      const ticket = await room.ticket("anna");
      assert.equal(await validate(ticket, queryOf({ path })), 200);
      assert.equal(await validate("nonsense", queryOf({ path })), 401);
      assert.equal(await validate(ticket, ""), path === "/rtc" ? 200 : 400);
      assert.equal(await validate(ticket, "join_request=!!!"), 400);
      assert.equal((await fetch(`${room.server.http}/settings/regions`)).status, 404);
    });

    it("lets pages of any origin read that, as browsers want it", async () => {
      const origin = "https://elsewhere.example";
      const url = `${room.server.http}${path}/validate`;
      const ticket = await room.ticket("anna");
      for (const [given, status] of [
        [ticket, 200],
        ["nonsense", 401],
      ] as const) {
        const answer = await fetch(`${url}?access_token=${given}&${queryOf({ path })}`, { headers: { origin } });
        assert.equal(answer.status, status);
        assert.match(answer.headers.get("access-control-allow-origin") ?? "", /^(\*|https:\/\/elsewhere\.example)$/);
        assert.equal(answer.headers.get("access-control-allow-credentials"), null);
      }
      const asked = {
        origin,
        "access-control-request-method": "GET",
        "access-control-request-headers": "authorization",
      };
      const before = await fetch(url, { method: "OPTIONS", headers: asked });
      assert.equal(before.status, 204);
      assert.match(before.headers.get("access-control-allow-headers") ?? "", /authorization/);
      assert.match(before.headers.get("access-control-allow-methods") ?? "", /GET/);
    });

    it(
      "who joins over and over is told to wait, alone",
      own("LiveKit lets clients ask as often as they like"),
      async () => {
        const { one: bert } = await join("bert");
        // A hundred at once are let in, and then so many a second: on a slow machine it takes more to be told to wait.
        const many: Signaller[] = [];
        const refused = () => many.filter((one) => one.heard[0]?.case === "leave");
        await until("ten are told to wait", async () => {
          many.push(...(await Promise.all(Array.from({ length: 150 }, () => open("anna")))));
          // One is in; the others were put out by a later one, or told to wait.
          await until("all but one are out", () => many.filter(({ closed }) => !closed).length <= 1);
          return refused().length > 10;
        });
        assert.ok(many.length - refused().length >= 90, `${refused().length} of ${many.length}`);
        bert.say({ case: "ping", value: 1n });
        await bert.hears("pong");
      },
    );

    const hostile = own("LiveKit lets some of them stay, unanswered");
    it("an answer that fits no offer ends its sender's visit; one that comes late is let be", hostile, async () => {
      if (path !== "/rtc") return;
      const secure = `a=fingerprint:sha-256 ${Array(32).fill("AB").join(":")}`;
      const ice = "a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx";
      const section = (mid: string, kind = "audio") =>
        `m=${kind} 9 UDP/TLS/RTP/SAVPF 111\r\n${ice}\r\n${secure}\r\na=setup:active\r\na=mid:${mid}\r\na=inactive\r\n`;
      const head = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
      const answer = (sdp: string, id: number) => ({
        case: "answer" as const,
        value: new SessionDescription({ type: "answer", sdp, id }),
      });
      for (const sdp of [
        "",
        head,
        head + section("9"),
        head + section("0") + section("1"),
        head + section("0", "video"),
        head + section("0").replace(secure, ""),
      ]) {
        const { one } = await join("anna");
        const offer = await one.hears("offer");
        one.say(answer("nonsense", offer.id + 1));
        one.say({ case: "ping", value: 1n });
        await one.hears("pong");
        one.say(answer(sdp, offer.id));
        await one.out();
      }
    });

    const isOver = (message: Signaller["heard"][number]) =>
      message.case === "requestResponse" && message.value.reason === RequestResponse_Reason.LIMIT_EXCEEDED;
    it("who asks too often is put out, alone", own("LiveKit lets clients ask as often as they like"), async () => {
      const { one: bert } = await join("bert");
      const { one: anna } = await join("anna", { grant: { canUpdateOwnMetadata: true } });
      let requestId = 100;
      await until("they are told that it is too often", () => {
        for (let index = 0; index < 60; index++)
          anna.say({
            case: "updateMetadata",
            value: new UpdateParticipantMetadata({ requestId: ++requestId, metadata: String(requestId) }),
          });
        return anna.hears("requestResponse", () => true).then(() => anna.heard.some(isOver));
      });
      const over = anna.heard.find(isOver);
      assert.ok(over?.case === "requestResponse" && over.value.requestId > 110);
      assert.equal(anna.closed, false);
      for (let index = 0; index < 5000; index++)
        anna.say({ case: "trackSetting", value: new UpdateTrackSettings({ trackSids: ["TR_x"] }) });
      await anna.out();
      await bert.hears("update", ({ participants }) =>
        participants.some(({ identity, state }) => identity === "anna" && state === ParticipantInfo_State.DISCONNECTED),
      );
      bert.say({ case: "ping", value: 1n });
      await bert.hears("pong");
    });
  });
