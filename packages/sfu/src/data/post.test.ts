import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DataPacket, UserPacket } from "@livekit/protocol";
import { Post, type PostPerson } from "./post.ts";

/** People with letter boxes of paper. */
function room(...identities: string[]) {
  const people = identities.map((identity) => {
    const letters: string[] = [];
    let last = 0;
    const person: PostPerson & { letters: string[] } = {
      sid: `PA_${identity}`,
      identity,
      rights: { hidden: false },
      letters,
      mailbox: {
        send: (_kind, data) => {
          const { value } = DataPacket.fromBinary(data);
          letters.push(value.case === "user" ? new TextDecoder().decode(value.value.payload) : "");
        },
        isNew: (sequence) => {
          const isNew = sequence > last;
          if (isNew) last = sequence;
          return isNew;
        },
      },
    };
    return person;
  });
  return { people, post: new Post(() => people) };
}

const packet = (text: string, sequence = 0, nonce = new Uint8Array()) =>
  new DataPacket({
    sequence,
    value: { case: "user", value: new UserPacket({ payload: new TextEncoder().encode(text), nonce }) },
  }).toBinary();

describe("the post of a room", () => {
  it("brings a packet to all others, and tells to how many", () => {
    const { people, post } = room("anna", "bert", "carl");
    const [anna] = people;
    assert.ok(anna);
    assert.equal(post.deliver(anna, "reliable", packet("hello")), 2);
    assert.deepEqual(
      people.map(({ letters }) => letters),
      [[], ["hello"], ["hello"]],
    );
  });

  it("brings a numbered packet once, however often its sender comes back with it", () => {
    const { people, post } = room("anna", "bert");
    const [anna, bert] = people;
    assert.ok(anna && bert);
    for (const number of [1, 2, 1, 2, 3]) post.deliver(anna, "reliable", packet(String(number), number));
    assert.deepEqual(bert.letters, ["1", "2", "3"]);
  });

  it("brings a packet of the same nonce once", () => {
    const { people, post } = room("anna", "bert");
    const [anna, bert] = people;
    assert.ok(anna && bert);
    const nonce = (first: number) => Uint8Array.from({ length: 16 }, (_, index) => (index === 0 ? first : 7));
    for (const first of [1, 1, 2]) post.deliver(anna, "reliable", packet(String(first), 0, nonce(first)));
    post.send({
      kind: "reliable",
      payload: new TextEncoder().encode("of the server"),
      destinationSids: [],
      destinationIdentities: [],
      nonce: nonce(2),
    });
    assert.deepEqual(bert.letters, ["1", "2"]);
    for (let first = 3; first < 110; first++) post.deliver(anna, "reliable", packet("x", 0, nonce(first)));
    post.deliver(anna, "reliable", packet("forgotten by now", 0, nonce(1)));
    assert.equal(bert.letters.at(-1), "forgotten by now");
  });
});
