import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { bearerOf, bodyOf, hostProblem, maxBodyBytes, pathOf, reply } from "./requests.ts";

/** As Node reads it: of several Host headers, the first. */
const to = (hosts: string[]) => ({
  headers: hosts[0] === undefined ? {} : { host: hosts[0] },
  rawHeaders: hosts.flatMap((host) => ["Host", host]),
  httpVersion: "1.1",
  url: "/metrics",
});

describe("requests", () => {
  it("are for this machine by its own names, with a port or without, and by no other", () => {
    for (const host of ["localhost", "127.0.0.1:8082", "LOCALHOST:1"])
      assert.equal(hostProblem(to([host])), null, host);
    for (const host of ["localhost.example", "example:localhost", "127.0.0.1.example", "", "[::1]"])
      assert.equal(hostProblem(to([host]))?.status, 421, host);
    for (const hosts of [[], ["localhost", "localhost"], ["localhost", "evil.example"]])
      assert.equal(hostProblem(to(hosts))?.status, 400, hosts.join());
    assert.equal(hostProblem({ ...to(["localhost"]), url: "http://evil.example/metrics" })?.status, 400);
  });

  it("have a path before their query, and a ticket behind Bearer", () => {
    assert.equal(pathOf({ url: "/rtc/v1?access_token=a/b" }), "/rtc/v1");
    assert.equal(bearerOf({ headers: { authorization: "bearer a.b.c" } }), "a.b.c");
    for (const authorization of ["a.b.c", "Bearer ", "Bearer a b"])
      assert.equal(bearerOf({ headers: { authorization } }), null);
  });

  describe("with a body", () => {
    const bodies: (number | null)[] = [];
    const server = createServer(async (request, response) => {
      const body = await bodyOf(request);
      bodies.push(body?.length ?? null);
      reply(response, 200, "");
    });
    let url = "";
    before(async () => {
      await once(server.listen(0, "127.0.0.1"), "listening");
      const address = server.address();
      assert.ok(address !== null && typeof address === "object");
      url = `http://127.0.0.1:${address.port}`;
    });
    after(() => {
      server.close();
      server.closeAllConnections();
    });

    it("are read whole up to their limit, and not beyond", async () => {
      // Whoever is still sending when the rest is refused may find the socket closed.
      for (const bytes of [maxBodyBytes, maxBodyBytes + 1, 3 * maxBodyBytes])
        await fetch(url, { method: "POST", body: Buffer.alloc(bytes) }).catch(() => {});
      assert.deepEqual(bodies, [maxBodyBytes, null, null]);
    });
  });
});
