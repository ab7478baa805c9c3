import { z } from "zod";
import type { WebRtc } from "./cipher.ts";
import { Peer } from "./peer.ts";
import type { Source } from "./player.ts";

const Message = z.object({
  janus: z.string(),
  transaction: z.string().optional(),
  data: z.object({ id: z.number() }).optional(),
  plugindata: z.object({ data: z.looseObject({}) }).optional(),
  jsep: z.object({ type: z.string(), sdp: z.string() }).optional(),
});
type Message = z.infer<typeof Message>;

const answerWithinMs = 10_000;
const room = 1;
const feed = 1;

/** A light client of Janus's videoroom over its WebSocket API: it publishes, or receives from who does. */
export class JanusClient {
  readonly peer: Peer;
  audio: Source | null = null;
  video: Source | null = null;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, (message: Message) => void>();
  readonly #alive: NodeJS.Timeout;
  #transactions = 0;
  #session = 0;
  #handle = 0;

  static async join(lib: WebRtc, url: string, address: string, publishes: boolean): Promise<JanusClient> {
    const client = new JanusClient(new Peer(lib, address), new WebSocket(url, "janus-protocol"));
    try {
      await client.#opened;
      client.#session = (await client.#ask({ janus: "create" })).data?.id ?? 0;
      client.#handle = (await client.#ask({ janus: "attach", plugin: "janus.plugin.videoroom" })).data?.id ?? 0;
      if (publishes) await client.#publish();
      else await client.#subscribe();
    } catch (error) {
      client.close();
      throw error;
    }
    return client;
  }

  readonly #opened: Promise<void>;

  private constructor(peer: Peer, socket: WebSocket) {
    this.peer = peer;
    this.#socket = socket;
    this.#opened = new Promise((resolve, reject) => {
      socket.onopen = () => resolve();
      socket.onerror = () => reject(new Error("Janus did not take the socket."));
    });
    socket.onmessage = ({ data }) => {
      const message = Message.parse(JSON.parse(String(data)));
      // A request to a plugin is acknowledged first and answered later, by an event of the same transaction.
      if (message.janus === "ack" || message.transaction === undefined) return;
      this.#waiting.get(message.transaction)?.(message);
      this.#waiting.delete(message.transaction);
    };
    this.#alive = setInterval(() => this.#tell({ janus: "keepalive" }), 20_000);
  }

  close(): void {
    clearInterval(this.#alive);
    this.#tell({ janus: "destroy" });
    this.#socket.close();
    this.peer.close();
  }

  async #publish(): Promise<void> {
    await this.#request({ request: "create", room, publishers: 2, bitrate: 0, audiocodec: "opus", videocodec: "vp8" });
    this.audio = this.peer.send("audio", "load-audio");
    this.video = this.peer.send("video", "load-video");
    const offer = await this.peer.offer();
    const { jsep } = await this.#request(
      { request: "joinandconfigure", ptype: "publisher", room, id: feed, audio: true, video: true },
      { type: "offer", sdp: offer },
    );
    if (!jsep) throw new Error("Janus did not answer.");
    this.peer.accept(jsep.sdp);
  }

  async #subscribe(): Promise<void> {
    const { jsep } = await this.#request({ request: "join", ptype: "subscriber", room, streams: [{ feed }] });
    if (!jsep) throw new Error("Janus did not offer.");
    const answer = await this.peer.answer(jsep.sdp);
    await this.#request({ request: "start", room }, { type: "answer", sdp: answer });
  }

  async #request(body: object, jsep?: object): Promise<Message> {
    const message = await this.#ask({ janus: "message", body, ...(jsep ? { jsep } : {}) });
    const problem = message.plugindata?.data.error;
    if (problem !== undefined || message.janus === "error")
      throw new Error(`Janus refused: ${JSON.stringify(message)}`);
    return message;
  }

  #ask(message: object): Promise<Message> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("Janus did not answer.")), answerWithinMs);
      this.#waiting.set(this.#tell(message), (answer) => {
        clearTimeout(late);
        resolve(answer);
      });
    });
  }

  #tell(message: object): string {
    const transaction = String(++this.#transactions);
    const to = {
      ...(this.#session ? { session_id: this.#session } : {}),
      ...(this.#handle ? { handle_id: this.#handle } : {}),
    };
    if (this.#socket.readyState === WebSocket.OPEN)
      this.#socket.send(JSON.stringify({ transaction, ...to, ...message }));
    return transaction;
  }
}
