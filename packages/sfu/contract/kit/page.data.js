// Data packets of the participant of page.js: what arrives is noted, the rest is the client's own.
/* global LivekitClient */
(() => {
  const { RoomEvent } = LivekitClient;
  const received = [];
  const text = new TextDecoder();
  const room = () => window.kit.room();
  const local = () => room().localParticipant;
  const texts = [];
  const files = [];
  const tones = [];

  Object.assign(window.kit, {
    /** From now on; to be called once, after `join`. */
    listen() {
      room().on(RoomEvent.DataReceived, (payload, participant, kind, topic) =>
        received.push({
          text: text.decode(payload),
          from: participant?.identity ?? null,
          kind: kind === 1 ? "lossy" : "reliable",
          topic: topic ?? null,
        }),
      );
      room().on(RoomEvent.SipDTMFReceived, ({ code, digit }, participant) =>
        tones.push({ code, digit, from: participant?.identity ?? null }),
      );
      // Older clients have no streams, or no calls.
      room().registerTextStreamHandler?.("chat", async (reader, { identity }) =>
        texts.push({ from: identity, text: await reader.readAll() }),
      );
      room().registerByteStreamHandler?.("file", async (reader, { identity }) => {
        let bytes = 0;
        let sum = 0;
        for await (const piece of reader) {
          bytes += piece.length;
          for (const byte of piece) sum = (sum * 31 + byte) >>> 0;
        }
        files.push({ from: identity, bytes, sum });
      });
      room().registerRpcMethod?.("greet", async ({ callerIdentity, payload }) => `${payload}, ${callerIdentity}`);
    },
    received: () => received,
    texts: () => texts,
    files: () => files,
    /** Keys of a telephone that somebody pressed. */
    tones: () => tones,
    press: (code, digit) => local().publishDtmf(code, digit),
    publishData: (message, options = {}) => local().publishData(new TextEncoder().encode(message), options),
    /** Numbered, one after the other. */
    async publishMany(count, options = {}) {
      for (let index = 0; index < count; index++) await window.kit.publishData(String(index), options);
    },
    async sendText(message, options = {}) {
      await local().sendText(message, { topic: "chat", ...options });
    },
    /** A file of so many bytes; returns the sum of its bytes as `files` tells it. */
    async sendBytes(size) {
      const bytes = new Uint8Array(size).map((_, index) => (index * 7) & 0xff);
      const writer = await local().streamBytes({ name: "file", topic: "file" });
      await writer.write(bytes);
      await writer.close();
      return bytes.reduce((sum, byte) => (sum * 31 + byte) >>> 0, 0);
    },
    call: (destinationIdentity, payload) => local().performRpc({ destinationIdentity, method: "greet", payload }),
  });
})();
