import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { DataPacket, DataPacket_Kind, SignalRequest, SignalResponse } from "@livekit/protocol";
import { RoomServiceClient, type VideoGrant, type WebhookEventNames } from "livekit-server-sdk";

const root = join(import.meta.dirname, "..", "..", "..");
const page = readFileSync(join(root, "docs", "livekit-compatibility.md"), "utf8");

/** The rows of the page's table under this heading: what, yes | part | no, remark. */
function rowsOf(heading: string): { name: string; done: string; remark: string }[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? "";
  return [...section.matchAll(/^\| `([^`]+)` *\| *([^|]*?) *\|([^|]*)\|$/gm)].map(([, name, done, remark]) => ({
    name: name ?? "",
    done: done ?? "",
    remark: (remark ?? "").trim(),
  }));
}

const casesOf = (type: typeof SignalRequest | typeof SignalResponse | typeof DataPacket, oneof: string): string[] =>
  type.fields.list().flatMap((field) => (field.oneof?.name === oneof ? [field.localName] : []));

const grants = {
  roomCreate: true,
  roomJoin: true,
  roomList: true,
  roomRecord: true,
  roomAdmin: true,
  room: true,
  ingressAdmin: true,
  canPublish: true,
  canPublishSources: true,
  canSubscribe: true,
  canPublishData: true,
  canUpdateOwnMetadata: true,
  hidden: true,
  recorder: true,
  agent: true,
  canSubscribeMetrics: true,
  canManageAgentSession: true,
  destinationRoom: true,
} satisfies Record<keyof VideoGrant, true>;

const events = {
  room_started: true,
  room_finished: true,
  participant_joined: true,
  participant_left: true,
  participant_connection_aborted: true,
  track_published: true,
  track_unpublished: true,
  egress_started: true,
  egress_updated: true,
  egress_ended: true,
  ingress_started: true,
  ingress_ended: true,
} satisfies Record<Exclude<WebhookEventNames, "">, true>;

const calls = Object.getOwnPropertyNames(RoomServiceClient.prototype).filter((name) => name !== "constructor");

const tables: Record<string, string[]> = {
  "Client to server": casesOf(SignalRequest, "message"),
  "Server to client": casesOf(SignalResponse, "message"),
  "Server API": [...calls, "performRpc"],
  Grants: Object.keys(grants),
  Webhooks: Object.keys(events),
  Data: [...Object.keys(DataPacket_Kind).filter((name) => Number.isNaN(Number(name))), ...casesOf(DataPacket, "value")],
};

describe("docs/livekit-compatibility.md", () => {
  for (const [heading, names] of Object.entries(tables))
    it(`names all there is of "${heading}", and no more`, () => {
      assert.ok(names.length > 0);
      assert.deepEqual(
        rowsOf(heading)
          .map(({ name }) => name)
          .sort(),
        [...new Set(names)].sort(),
      );
    });

  it("says of no signalling that it is there which is not in the code, and the other way round", () => {
    const code = globSync(join(import.meta.dirname, "**/*.ts"))
      .filter((file) => !file.includes(".test."))
      .map((file) => readFileSync(file, "utf8"))
      .join("\n");
    for (const [heading, inCode] of [
      ["Client to server", (name: string) => code.includes(`case "${name}":`)],
      ["Server to client", (name: string) => code.includes(`case: "${name}"`)],
    ] as const)
      for (const { name, done } of rowsOf(heading)) assert.equal(inCode(name), done !== "no", `${heading}: ${name}`);
  });

  it("says of each whether it is done, and why where it is not", () => {
    for (const heading of ["Addresses", ...Object.keys(tables)])
      for (const { name, done, remark } of rowsOf(heading)) {
        assert.match(done, /^(yes|part|no)$/, name);
        if (done !== "yes") assert.notEqual(remark, "", `${name} needs its reason`);
      }
  });

  it("has the reason of each test that is asked of our own server only", () => {
    const reasons = globSync(join(root, "packages/sfu/contract/*.test.ts")).flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/\bown\(\s*"([^"]+)"/g)].map(([, reason]) => reason ?? ""),
    );
    assert.ok(reasons.length > 0);
    const differences = page.slice(page.indexOf("## Differences")).replaceAll(/\s+/g, " ");
    for (const reason of reasons) assert.ok(differences.includes(reason), reason);
  });
});
