import {
  AddTrackRequest,
  ClientInfo,
  ClientInfo_SDK,
  ConnectionSettings,
  JoinRequest,
  type ParticipantInfo,
  SessionDescription,
  SignalRequest,
  SignalResponse,
  TrackSource,
  TrackType,
  UpdateSubscription,
  WrappedJoinRequest,
  WrappedJoinRequest_Compression,
} from "@livekit/protocol";
import type { WebRtc } from "./cipher.ts";
import { Peer } from "./peer.ts";
import type { Source } from "./player.ts";

type Request = NonNullable<NonNullable<ConstructorParameters<typeof SignalRequest>[0]>["message"]>;

export interface LiveKitWishes {
  /** As "ws://host:port". */
  url: string;
  token: string;
  /** Local address to send and receive at. */
  address: string;
  publish: { audio: boolean; video: boolean };
  /** Sections to receive in that the first offer brings; more are added when the server asks for them. */
  receive: { audio: number; video: number };
  /** Adds none: takes no more pictures than it has places for. */
  contented?: boolean;
}

const answerWithinMs = 10_000;

/** A light client of LiveKit's signalling with one peer connection (`/rtc/v1`): it counts packets and decodes none. */
export class LiveKitClient {
  readonly peer: Peer;
  readonly #socket: WebSocket;
  readonly #alive: NodeJS.Timeout;
  audio: Source | null = null;
  video: Source | null = null;
  #offers = 0;
  #contented = false;
  #places = 0;
  #self = "";
  readonly #known = new Set<string>();
  #offering: Promise<void> = Promise.resolve();
  #closed = false;
  #answered = () => {};
  #refused: (error: Error) => void = () => {};

  /** Resolves when the first offer is answered; media may take a moment more. */
  static async join(lib: WebRtc, wishes: LiveKitWishes): Promise<LiveKitClient> {
    const peer = new Peer(lib, wishes.address);
    const requests: AddTrackRequest[] = [];
    const publish = (kind: "audio" | "video") => {
      const cid = `load-${kind}`;
      const isVideo = kind === "video";
      requests.push(
        new AddTrackRequest({
          cid,
          type: isVideo ? TrackType.VIDEO : TrackType.AUDIO,
          source: isVideo ? TrackSource.CAMERA : TrackSource.MICROPHONE,
          ...(isVideo
            ? { width: 1280, height: 720, layers: [{ width: 1280, height: 720, quality: 2, bitrate: 1_500_000 }] }
            : {}),
        }),
      );
      return peer.send(kind, cid);
    };
    const audio = wishes.publish.audio ? publish("audio") : null;
    const video = wishes.publish.video ? publish("video") : null;
    for (let n = 0; n < wishes.receive.audio; n++) peer.receive("audio");
    for (let n = 0; n < wishes.receive.video; n++) peer.receive("video");
    const request = new JoinRequest({
      clientInfo: new ClientInfo({ sdk: ClientInfo_SDK.JS, version: "2.23.0", protocol: 17, browser: "chrome" }),
      connectionSettings: new ConnectionSettings({ autoSubscribe: true }),
      addTrackRequests: requests,
      publisherOffer: new SessionDescription({ type: "offer", sdp: await peer.offer(), id: 1 }),
    });
    const wrapped = new WrappedJoinRequest({
      compression: WrappedJoinRequest_Compression.NONE,
      joinRequest: request.toBinary(),
    });
    const query = new URLSearchParams({
      access_token: wishes.token,
      // With its padding: LiveKit decodes by Go's URLEncoding.
      join_request: Buffer.from(wrapped.toBinary()).toString("base64").replaceAll("+", "-").replaceAll("/", "_"),
    });
    const client = new LiveKitClient(peer, new WebSocket(`${wishes.url}/rtc/v1?${query}`));
    client.#contented = wishes.contented ?? false;
    client.#places = wishes.receive.video;
    client.audio = audio;
    client.video = video;
    const late = setTimeout(() => client.#refused(new Error("The server did not answer an offer.")), answerWithinMs);
    try {
      await client.#first;
    } catch (error) {
      client.drop();
      throw error;
    } finally {
      clearTimeout(late);
    }
    return client;
  }

  readonly #first: Promise<void>;

  private constructor(peer: Peer, socket: WebSocket) {
    this.peer = peer;
    this.#offers = 1;
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    this.#first = new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#refused = reject;
      socket.onclose = ({ code, reason }) => reject(new Error(`The signalling socket closed: ${code} ${reason}`));
      socket.onerror = () => reject(new Error("The signalling socket failed."));
    });
    socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) this.#heard(SignalResponse.fromBinary(new Uint8Array(data)).message);
    };
    this.#alive = setInterval(() => {
      this.#send({ case: "pingReq", value: { timestamp: BigInt(Date.now()), rtt: 0n } });
    }, 5000);
  }

  /** Says goodbye, so that the server has no need to wait for it. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#alive);
    this.#send({ case: "leave", value: {} });
    this.#socket.close();
    this.peer.close();
  }

  /** The socket and the connection are gone without a word. */
  drop(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#alive);
    this.#socket.close();
    this.peer.close();
  }

  send(message: Request): void {
    this.#send(message);
  }

  #heard(message: SignalResponse["message"]): void {
    if (this.#closed) return;
    switch (message.case) {
      case "join":
        this.#self = message.value.participant?.sid ?? "";
        this.#choose(message.value.otherParticipants);
        break;
      case "update":
        this.#choose(message.value.participants);
        break;
      case "answer":
        this.peer.accept(message.value.sdp);
        this.#answered();
        break;
      case "mediaSectionsRequirement":
        for (let n = 0; !this.#contented && n < message.value.numAudios; n++) this.peer.receive("audio");
        for (let n = 0; !this.#contented && n < message.value.numVideos; n++) this.peer.receive("video");
        // One after the other: an offer must be answered before the next is made.
        this.#offering = this.#offering.then(() => this.#offer());
        break;
      default:
    }
  }

  /** A contented client shows the first pictures it hears of, and takes no others. */
  #choose(participants: readonly ParticipantInfo[]): void {
    if (!this.#contented) return;
    const others = participants.filter(({ sid }) => sid !== this.#self);
    const pictures = others.flatMap(({ tracks }) => tracks.filter(({ type }) => type === TrackType.VIDEO));
    const unseen: string[] = [];
    for (const { sid } of pictures) {
      if (this.#known.has(sid)) continue;
      this.#known.add(sid);
      if (this.#known.size > this.#places) unseen.push(sid);
    }
    if (unseen.length > 0)
      this.#send({ case: "subscription", value: new UpdateSubscription({ trackSids: unseen, subscribe: false }) });
  }

  async #offer(): Promise<void> {
    if (this.#closed) return;
    const answered = new Promise<void>((resolve) => {
      this.#answered = resolve;
    });
    const sdp = await this.peer.offer();
    this.#send({ case: "offer", value: { type: "offer", sdp, id: ++this.#offers } });
    await answered;
  }

  #send(message: Request): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(Buffer.from(new SignalRequest({ message }).toBinary()));
  }
}
