import assert from "node:assert/strict";
import { isIPv4 } from "node:net";
import { describe, it } from "node:test";
import { announcedAddresses } from "./addresses.ts";

describe("announced addresses", () => {
  it("are those that are set, and no others", async () => {
    assert.deepEqual(await announcedAddresses(["10.1.2.3", "203.0.113.7"]), ["10.1.2.3", "203.0.113.7"]);
  });

  it("are found where none is set, with 127.0.0.1 as the last", async () => {
    const found = await announcedAddresses(null);
    assert.ok(found.every(isIPv4));
    assert.equal(found.at(-1), "127.0.0.1");
  });
});
