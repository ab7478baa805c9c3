import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { newIdentity, opusPacket, Peer } from "./kit/peer.ts";
import { patience, roomForAll } from "./kit/room.ts";
import { own } from "./kit/server.ts";
import { until } from "./kit/wait.ts";

describe("media is encrypted, by keys of whoever the offer names, or does not flow", {
  ...patience,
  ...own("LiveKit trickles its address, which the peer of these tests does not read, and prefers AES-CM"),
}, () => {
  const room = roomForAll("encrypted");
  let count = 0;

  const meet = async (direction: "sendonly" | "recvonly", fingerprint?: string): Promise<Peer> => {
    const stated = fingerprint === undefined ? {} : { fingerprint };
    const options = { identity: newIdentity(), direction, ...stated };
    const peer = await Peer.meet(room.server.url, await room.ticket(`peer${++count}`), options);
    room.atEnd(() => peer.stop());
    return peer;
  };

  it("AES-GCM is chosen, and what is sent by its keys is forwarded; what is not encrypted is not", async () => {
    // The speaker first: the listener's offer then finds a track for its section.
    const speaker = await meet("sendonly");
    const listener = await meet("recvonly");
    await listener.shakeHands();
    await speaker.shakeHands();
    assert.match(speaker.handshake, /SRTP Extension negotiated, profile=SRTP_AEAD_AES_128_GCM/);
    await until("both are connected", () => speaker.isActive && listener.isActive);
    for (let sequence = 1; sequence <= 50; sequence++) speaker.send(opusPacket(sequence));
    const { protect } = speaker.protector;
    const first = 1000;
    let sent = 0;
    await until("what is encrypted arrives", () => {
      speaker.send(protect(opusPacket(first + sent++)));
      return listener.packets > 0;
    });
    await until("more of it arrives", () => {
      for (let more = 0; more < 5; more++) speaker.send(protect(opusPacket(first + sent++)));
      return listener.packets >= 20;
    });
    assert.ok(listener.packets <= sent, `${listener.packets} packets arrived of ${sent} that were encrypted`);
  });

  it("whose certificate is not the offer's is not connected", async () => {
    const other = newIdentity();
    const impostors = [
      await meet("recvonly", other.fingerprint),
      // A first byte of zero was once taken for "no fingerprint was given".
      await meet("recvonly", `00${other.fingerprint.slice(2)}`),
    ];
    for (const impostor of impostors) await impostor.shakeHands();
    const honest = await meet("recvonly");
    await honest.shakeHands();
    await until("who says the truth is connected", () => honest.isActive);
    assert.deepEqual(
      impostors.map((impostor) => impostor.isActive),
      [false, false],
    );
  });

  it("DTLS 1.0 and suites without encryption are refused, AES-CM is a fallback", async () => {
    const weak = "@SECLEVEL=0";
    for (const choice of [
      ["-dtls1", "-cipher", `ALL${weak}`],
      ["-dtls1_2", "-cipher", `NULL:eNULL:aNULL${weak}`],
    ]) {
      const peer = await meet("recvonly");
      await peer.shakeHands(choice);
      assert.match(peer.handshake, /alert|no cipher|failure|NONE/i);
      assert.doesNotMatch(peer.handshake, /SRTP Extension negotiated/);
    }
    const older = await meet("recvonly");
    await older.shakeHands(["-dtls1_2", "-use_srtp", "SRTP_AES128_CM_SHA1_80"]);
    assert.match(older.handshake, /profile=SRTP_AES128_CM_SHA1_80/);
    await until("it is connected all the same", () => older.isActive);
  });
});
