import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { admissionHeader, admissionOf } from "@raadhuis/protocol/admission";
import { WebSocket } from "ws";
import { type ServerUnderTest, serverUnderTest } from "../../contract/kit/server.ts";
import { addressOf, queryOf } from "../../contract/kit/signaller.ts";

const secret = "the secret of one start of the house";
const paths = ["/rtc", "/rtc/v1"] as const;

for (const processes of ["1", "2"])
  describe(`a media server of a house, in ${processes}`, { timeout: 180_000 }, () => {
    let server: ServerUnderTest;
    before(async () => {
      server = await serverUnderTest({ RAADHUIS_ADMISSION_SECRET: secret, RAADHUIS_SFU_PROCESSES: processes });
    });
    after(() => server?.stop());

    const admitted = (ticket: string, by = secret) => ({ [admissionHeader]: admissionOf(by, ticket) });

    /** What each way in answers: `open`, or the refusal. */
    async function answers(ticket: string, headers: Record<string, string> = {}): Promise<string[]> {
      const said = paths.flatMap((path) => [
        upgraded(addressOf(server.url, ticket, { path }), headers),
        validated(`${server.http}${path}/validate?access_token=${ticket}&${queryOf({ path })}`, headers),
      ]);
      return [...new Set(await Promise.all(said))];
    }

    it("takes a seat with the chamber's word alone", async () => {
      const ticket = await server.ticket("anna", { room: "r" });
      assert.deepEqual(await answers(ticket), ["401 ticket.not-admitted"]);
      assert.deepEqual(await answers(ticket, admitted(ticket)), ["open"]);
      assert.deepEqual(await answers(ticket, admitted(ticket, "another secret")), ["401 ticket.not-admitted"]);
      const later = await server.ticket("bert", { room: "r" });
      assert.deepEqual(await answers(later, admitted(ticket)), ["401 ticket.not-admitted"]);
    });

    it("takes the broadcast by its own ticket, and nobody who only hides", async () => {
      const by = (grant: object) => server.ticket("egress", { room: "r", canPublish: false, ...grant });
      assert.deepEqual(await answers(await by({ hidden: true, recorder: true })), ["open"]);
      for (const grant of [{ hidden: true }, { recorder: true }])
        assert.deepEqual(await answers(await by(grant)), ["401 ticket.not-admitted"]);
    });

    it("takes no word for a ticket that is none or was taken back", async () => {
      const taken = await server.ticket("carl", { room: "r" });
      const next = BigInt(Math.floor(Date.now() / 1000) + 1);
      await server.api.removeParticipant("r", "carl", { revokeTokenTs: next }).catch(() => undefined);
      assert.deepEqual(await answers(taken, admitted(taken)), ["401 ticket.revoked"]);
      const broken = `${taken.slice(0, -4)}AAAA`;
      assert.deepEqual(await answers(broken, admitted(broken)), ["401 ticket.invalid"]);
    });
  });

function upgraded(address: string, headers: Record<string, string>): Promise<string> {
  const socket = new WebSocket(address, { headers });
  return new Promise((resolve, reject) => {
    socket.on("open", () => {
      socket.terminate();
      resolve("open");
    });
    socket.on("unexpected-response", async (_request, response) => {
      let text = "";
      for await (const part of response) text += part;
      resolve(`${response.statusCode} ${text}`);
    });
    socket.on("error", reject);
  });
}

async function validated(address: string, headers: Record<string, string>): Promise<string> {
  const answer = await fetch(address, { headers });
  return answer.ok ? "open" : `${answer.status} ${await answer.text()}`;
}
