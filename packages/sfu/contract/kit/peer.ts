import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AddTrackRequest,
  JoinRequest,
  SessionDescription,
  SignalRequest,
  SignalResponse,
  TrackSource,
  TrackType,
  WrappedJoinRequest,
} from "@livekit/protocol";
import { WebSocket } from "ws";
import { type Protector, protector } from "./srtp.ts";
import { attributes, methods, readStun, stunRequest } from "./stun.ts";
import { until } from "./wait.ts";

/** A certificate of a peer's own, and its fingerprint as SDP has it. */
export interface Identity {
  folder: string;
  fingerprint: string;
}

export function newIdentity(): Identity {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-peer-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
  const files = ["-keyout", key, "-out", cert, "-days", "2", "-nodes", "-subj", "/CN=peer"];
  execFileSync("openssl", ["req", "-x509", ...curve, ...files], { stdio: "ignore" });
  return { folder, fingerprint: new X509Certificate(readFileSync(cert)).fingerprint256 };
}

export interface PeerOptions {
  identity: Identity;
  /** Stated in the offer in place of the identity's own. */
  fingerprint?: string;
  direction: "sendonly" | "recvonly";
  /** An offer of its own, made for this fingerprint. */
  offer?: (fingerprint: string) => string;
  /** What it announces, in place of one voice. */
  tracks?: AddTrackRequest[];
  /** Lets other sockets of this machine send from its address (`localPort`); what comes back is its own all the same. */
  shared?: boolean;
}

export const ssrc = 0x5eed5eed;

/** The server did not want this offer. */
export class Refused extends Error {}

/**
 * A peer that does each step by itself, so that a test can do one of them wrongly: signalling, one STUN check, DTLS by
 * `openssl s_client` through a relay of datagrams, and one audio track of RTP that it encrypts or does not.
 */
export class Peer {
  readonly signals: SignalResponse["message"][] = [];
  /** RTP that arrived, still encrypted. */
  packets = 0;
  /** What `openssl` printed. */
  handshake = "";
  #socket: WebSocket;
  #udp: Socket;
  /** Datagrams of DTLS that were sent. */
  records = 0;
  /** Told of each RTP packet that arrives, encrypted as it is. */
  onPacket: (packet: Buffer) => void = () => {};
  /** Told of DTLS application data, between what else `openssl` prints. */
  onData: (data: Buffer) => void = () => {};
  #alive: NodeJS.Timeout | null = null;
  #openssl: { process: ChildProcess; relay: Socket } | null = null;
  #bound = false;
  #checked = false;
  #server: { address: string; port: number; ufrag: string; pwd: string } | null = null;
  readonly #options: PeerOptions;

  private constructor(url: string, options: PeerOptions) {
    this.#options = options;
    this.#udp = createSocket({ type: "udp4", reuseAddr: options.shared ?? false });
    this.#udp.on("message", (data) => this.#receive(data));
    // Whoever talks to a server that is gone hears of it so.
    this.#udp.on("error", () => {});
    this.#socket = new WebSocket(url);
    this.#socket.on("message", (data: Buffer) => this.signals.push(SignalResponse.fromBinary(data).message));
    this.#socket.on("error", () => {});
  }

  /** Signalling, and the check by which the server knows our address. */
  static async meet(url: string, ticket: string, options: PeerOptions): Promise<Peer> {
    const request = new JoinRequest({
      clientInfo: { protocol: 16, version: "2.0.0" },
      connectionSettings: { autoSubscribe: true },
      addTrackRequests:
        options.tracks ??
        (options.direction === "sendonly"
          ? [new AddTrackRequest({ cid: "voice", type: TrackType.AUDIO, source: TrackSource.MICROPHONE })]
          : []),
      publisherOffer: new SessionDescription({
        type: "offer",
        id: 1,
        sdp: options.offer?.(options.identity.fingerprint) ?? offerOf(options),
      }),
    });
    const wrapped = new WrappedJoinRequest({ joinRequest: request.toBinary() });
    const text = encodeURIComponent(Buffer.from(wrapped.toBinary()).toString("base64url"));
    const peer = new Peer(`${url}/rtc/v1?access_token=${ticket}&join_request=${text}`, options);
    const answer = await until("an answer, or a refusal", () => peer.#answer ?? (peer.#isRefused && ""));
    if (answer === "") {
      await peer.stop();
      throw new Refused();
    }
    peer.#server = serverOf(answer);
    await peer.#bind(peer.#server);
    await peer.#check();
    return peer;
  }

  /** Shakes hands; ends when `openssl` has said what became of it. @param arguments_ of `openssl s_client` */
  async shakeHands(arguments_: readonly string[] = ["-dtls1_2"]): Promise<void> {
    const relay = createSocket("udp4");
    await new Promise<void>((resolve) => relay.bind(0, "127.0.0.1", resolve));
    let back = 0;
    relay.on("message", (data, from) => {
      back = from.port;
      this.records += 1;
      this.send(data);
    });
    this.#fromServer = (data) => back > 0 && relay.send(data, back, "127.0.0.1");
    const { folder } = this.#options.identity;
    const process = spawn("openssl", [
      "s_client",
      ...["-connect", `127.0.0.1:${relay.address().port}`, "-cert", join(folder, "cert.pem")],
      ...["-key", join(folder, "key.pem"), "-use_srtp", "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80"],
      ...["-keymatexport", "EXTRACTOR-dtls_srtp", "-keymatexportlen", "56", "-ign_eof", ...arguments_],
    ]);
    this.#openssl = { process, relay };
    const note = (data: Buffer) => {
      this.handshake += data.toString();
    };
    // Whoever is cut off in mid-sentence.
    process.stdin.on("error", () => {});
    process.stdout.on("data", (data: Buffer) => {
      note(data);
      this.onData(data);
    });
    process.stderr.on("data", note);
    let ended = false;
    process.once("close", () => {
      ended = true;
    });
    await until("the handshake's end", () => ended || /Keying material: [0-9A-F]+/.test(this.handshake));
  }

  /** Encryption by the keys of the handshake. */
  get protector(): Protector {
    const material = Buffer.from(/Keying material: ([0-9A-F]+)/.exec(this.handshake)?.[1] ?? "", "hex");
    // Keys of client and server, then their salts (RFC 5764, 4.2); we are the client.
    return protector(material.subarray(0, 16), material.subarray(32, 44));
  }

  get isActive(): boolean {
    return this.signals.some(
      (signal) =>
        signal.case === "update" && signal.value.participants.some(({ sid, state }) => sid === this.sid && state === 2),
    );
  }

  get sid(): string | undefined {
    const join = this.signals.find((signal) => signal.case === "join");
    return join?.value.participant?.sid;
  }

  /** From the address that the server has checked. */
  send(data: Buffer): void {
    if (this.#bound) this.#udp.send(data);
  }

  /** UDP, on 127.0.0.1. */
  get localPort(): number {
    return this.#udp.address().port;
  }

  /** The description that the server gave of itself. */
  get answer(): string {
    return this.#answer ?? "";
  }

  /** What the server told of its ICE, as whoever overheard the signalling knows it. */
  get server(): { address: string; port: number; ufrag: string; pwd: string } {
    if (!this.#server) throw new Error("There was no answer.");
    return this.#server;
  }

  /** Whether signalling or encryption has been ended. */
  get isOut(): boolean {
    const { exitCode = null, signalCode = null } = this.#openssl?.process ?? {};
    return this.#socket.readyState === WebSocket.CLOSED || exitCode !== null || signalCode !== null;
  }

  /** Repeats its checks and pings, as clients do, so that it is kept. */
  stay(): void {
    this.#alive = setInterval(() => {
      this.send(this.#request(this.server));
      if (this.#socket.readyState === WebSocket.OPEN)
        this.#socket.send(new SignalRequest({ message: { case: "ping", value: 1n } }).toBinary());
    }, 3000);
  }

  /** DTLS application data, where SCTP is. */
  sendData(data: Buffer): void {
    this.#openssl?.process.stdin?.write(data);
  }

  /** As clients do when somebody leaves: the server need not keep their place. */
  async leave(): Promise<void> {
    if (this.#socket.readyState === WebSocket.OPEN) {
      const said = new Promise((resolve) =>
        this.#socket.send(new SignalRequest({ message: { case: "leave", value: {} } }).toBinary(), resolve),
      );
      await said;
    }
    await this.stop();
  }

  async stop(): Promise<void> {
    if (this.#alive) clearInterval(this.#alive);
    this.#openssl?.process.kill("SIGKILL");
    this.#openssl?.relay.close();
    this.#socket.terminate();
    this.#bound = false;
    this.#udp.close();
    rmSync(this.#options.identity.folder, { recursive: true, force: true });
  }

  get #answer(): string | undefined {
    return this.signals.find((signal) => signal.case === "answer")?.value.sdp;
  }

  get #isRefused(): boolean {
    return this.isOut || this.signals.some((signal) => signal.case === "leave");
  }

  #fromServer: (data: Buffer) => void = () => {};

  #receive(data: Buffer): void {
    const first = data[0] ?? 0;
    if (first >= 128 && first < 192) {
      const isRtcp = (data[1] ?? 0) >= 192 && (data[1] ?? 0) <= 223;
      if (isRtcp) return;
      this.packets += 1;
      this.onPacket(data);
    } else if (first >= 20 && first < 64) this.#fromServer(data);
    else if (readStun(data)?.kind === "success") this.#checked = true;
  }

  /** Of sockets that share an address, the kernel gives a connected one what comes from there. */
  async #bind({ address, port }: { address: string; port: number }): Promise<void> {
    await new Promise<void>((resolve) => this.#udp.bind(0, "127.0.0.1", resolve));
    await new Promise<void>((resolve) => this.#udp.connect(port, address, resolve));
    this.#bound = true;
  }

  async #check(): Promise<void> {
    const request = this.#request(this.server);
    await until("the check is answered", () => {
      if (!this.#checked) this.send(request);
      return this.#checked;
    });
  }

  #request({ ufrag, pwd }: { ufrag: string; pwd: string }): Buffer {
    const priority = Buffer.from("7effffff", "hex");
    const given: [number, Buffer][] = [
      [attributes.username, Buffer.from(`${ufrag}:peer`)],
      [attributes.priority, priority],
      [attributes.controlling, Buffer.alloc(8, 1)],
      [attributes.useCandidate, Buffer.alloc(0)],
    ];
    return stunRequest(methods.binding, given, Buffer.from(pwd));
  }
}

/** An RTP packet of 20 ms of Opus silence. */
export function opusPacket(sequence: number): Buffer {
  const packet = Buffer.alloc(15);
  packet[0] = 0x80;
  packet[1] = 111;
  packet.writeUInt16BE(sequence & 0xffff, 2);
  packet.writeUInt32BE(sequence * 960, 4);
  packet.writeUInt32BE(ssrc, 8);
  packet.set([0xf8, 0xff, 0xfe], 12);
  return packet;
}

const offerOf = ({ direction, identity, fingerprint }: PeerOptions): string =>
  [
    "v=0",
    "o=- 1 1 IN IP4 127.0.0.1",
    "s=-",
    "t=0 0",
    "a=group:BUNDLE 0",
    "m=audio 9 UDP/TLS/RTP/SAVPF 111",
    "c=IN IP4 0.0.0.0",
    "a=rtcp-mux",
    "a=mid:0",
    "a=ice-ufrag:peer",
    "a=ice-pwd:apasswordoftwentyfourletters",
    `a=fingerprint:sha-256 ${fingerprint ?? identity.fingerprint}`,
    "a=setup:actpass",
    `a=${direction}`,
    "a=rtpmap:111 opus/48000/2",
    ...(direction === "sendonly" ? ["a=msid:peer voice", `a=ssrc:${ssrc} cname:peer`] : []),
    "",
  ].join("\r\n");

function serverOf(sdp: string) {
  const find = (pattern: RegExp) => pattern.exec(sdp)?.[1] ?? "";
  return {
    address: "127.0.0.1",
    port: Number(find(/^a=candidate:\S+ 1 udp \d+ \S+ (\d+)/m)),
    ufrag: find(/^a=ice-ufrag:(\S+)/m),
    pwd: find(/^a=ice-pwd:(\S+)/m),
  };
}
