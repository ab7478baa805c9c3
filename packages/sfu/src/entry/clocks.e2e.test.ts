import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { type ServerUnderTest, serverUnderTest } from "../../contract/kit/server.ts";

describe("a media server whose clock is not that of whoever signs", { timeout: 180_000 }, () => {
  let server: ServerUnderTest;
  before(async () => {
    server = await serverUnderTest();
  });
  after(() => server?.stop());

  const now = () => Math.floor(Date.now() / 1000);

  /** A ticket of times that no SDK would give it. */
  function signed(claims: object, secret = server.secret): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const text = `${part({ alg: "HS256" })}.${part({ iss: server.key, ...claims })}`;
    return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
  }

  /** Of anna, from then to then, s from now. */
  const ticket = (from: number, to: number, room = "r", secret = server.secret) =>
    signed({ sub: "anna", nbf: now() + from, exp: now() + to, video: { roomJoin: true, room } }, secret);

  async function answer(token: string): Promise<string> {
    const response = await fetch(`${server.http}/rtc/validate?access_token=${token}`);
    return `${response.status} ${await response.text()}`;
  }

  it("takes tickets of up to a minute before and after, as LiveKit does, and says of others what is wrong", async () => {
    assert.equal(await answer(ticket(50, 110)), "200 success");
    assert.equal(await answer(ticket(-110, -50)), "200 success");
    assert.equal(await answer(ticket(80, 140)), "401 ticket.clock");
    assert.equal(await answer(ticket(-130, -70)), "401 ticket.expired");
    assert.equal(await answer(ticket(80, 140, "r", "the secret of somebody else here")), "401 ticket.invalid");
  });

  it("takes no ticket back into the minute that was taken back by a clock which is ahead", async () => {
    const call = (method: string, video: object, body: object) =>
      fetch(`${server.http}/twirp/livekit.RoomService/${method}`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${signed({ nbf: now() + 40, exp: now() + 100, video })}`,
          "content-type": "application/json",
        },
        body: JSON.stringify(body),
      });
    const [earlier, removed] = [ticket(30, 90, "council"), ticket(30, 90, "other")];
    assert.equal(await answer(earlier), "200 success");
    assert.equal((await call("CreateRoom", { roomCreate: true }, { name: "council" })).status, 200);
    assert.equal((await call("DeleteRoom", { roomCreate: true }, { room: "council" })).status, 200);
    assert.equal(await answer(earlier), "401 ticket.revoked");
    assert.equal(await answer(ticket(50, 110, "council")), "200 success");

    const other = { room: "other", identity: "anna", revokeTokenTs: String(now() + 40) };
    await call("RemoveParticipant", { roomAdmin: true, room: "other" }, other);
    assert.equal(await answer(removed), "401 ticket.revoked");
    assert.equal(await answer(ticket(50, 110, "other")), "200 success");
  });
});
