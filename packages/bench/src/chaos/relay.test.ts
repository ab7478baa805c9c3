import assert from "node:assert/strict";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { after, before, describe, it } from "node:test";
import { until } from "@raadhuis/tests/lib/wait.ts";
import { type Relay, startRelay } from "./relay.ts";

const open = async (): Promise<Socket> => {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  return socket;
};
const close = (socket: Socket) => new Promise<void>((done) => socket.close(done));

describe("a relay between clients and a server", { timeout: 120_000 }, () => {
  let server: Socket;
  let relay: Relay;
  before(async () => {
    server = await open();
    // It echoes, with the port it saw, which tells clients apart.
    server.on("message", (bytes, from) => server.send(`${bytes} from ${from.port}`, from.port, from.address));
    relay = await startRelay(server.address().port, 1);
  });
  after(async () => {
    await relay.close();
    await close(server);
  });

  const ask = async (client: Socket, text: string): Promise<string> => {
    const answered = once(client, "message");
    client.send(text, relay.port, "127.0.0.1");
    return String((await answered)[0]);
  };

  it("brings packets there and back, each client's by a port of its own", async () => {
    const [one, other] = [await open(), await open()];
    const [first, second] = [await ask(one, "a"), await ask(other, "a")];
    assert.notEqual(first, second);
    assert.equal(await ask(one, "a"), first);
    await Promise.all([close(one), close(other)]);
  });

  it("changes what it does to packets while it runs", async () => {
    const client = await open();
    relay.set({ up: { down: true } });
    client.send("lost", relay.port, "127.0.0.1");
    await until("the loss", () => relay.carried().lost === 1);
    relay.set({ down: { delay: 120 } });
    const start = performance.now();
    assert.match(await ask(client, "late"), /^late/);
    assert.ok(performance.now() - start >= 119);
    await close(client);
  });
});
