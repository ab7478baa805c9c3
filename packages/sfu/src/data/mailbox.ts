import type { Log } from "../base/log.ts";
import type { Transport } from "../engine/medooze.ts";
import type { DataSection } from "../negotiation/data.ts";
import { DataChannels, type DataKind, maxMessageBytes } from "./channels.ts";
import { Intake } from "./intake.ts";
import { sctpPort } from "./sctp/wire.ts";

export interface MailboxOwner {
  readonly sid: string;
  /** A message of its client's, when the pace allows; to how many it went. */
  posted(kind: DataKind, data: Buffer): number;
}

/**
 * Datagrams a second that a client may send, dropped on the media thread beyond: some 20 Mbit/s of full ones, or the
 * acknowledgements of as much.
 */
const datagramsPerSecond = 2000;
/** Bytes of reliable messages kept for somebody whose channel is not open yet. */
const maxPending = 100 * 1024;

const transportProtocol = "UDP/DTLS/SCTP";
const format = "webrtc-datachannel";
/** RFC 8841. */
const sctpLines = [`a=sctp-port:${sctpPort}`, `a=max-message-size:${maxMessageBytes}`];

/** One participant's data: its channels, on one peer connection or two, and what is on its way in and out. */
export class Mailbox {
  readonly #owner: MailboxOwner;
  readonly #intake: Intake;
  readonly #log: Log;
  readonly #channels = new Set<DataChannels>();
  /** What it receives by. */
  #out: DataChannels | null = null;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #lastSequence = 0;
  #behind = false;
  #stopped = false;

  constructor(owner: MailboxOwner, log: Log) {
    this.#owner = owner;
    this.#log = log;
    this.#intake = new Intake({
      deal: (kind, data) => this.#deal(kind, data),
      hold: (bytes) => {
        for (const channels of this.#channels) channels.hold(bytes);
      },
    });
  }

  /** Number of the last reliable packet that its client sent and that was dealt with; 0: none. */
  get lastSequence(): number {
    return this.#lastSequence;
  }

  /** Whether a numbered packet was not dealt with before; from now on it was. */
  isNew(sequence: number): boolean {
    if (sequence <= this.#lastSequence) return false;
    this.#lastSequence = sequence;
    return true;
  }

  /**
   * The application section of a peer connection. In the older protocol's two, the client opens channels on the one it
   * publishes with and sends by those; we open ours on the other one and send by those.
   */
  section(connection: "single" | "publisher" | "subscriber"): DataSection {
    let opened: Transport | null = null;
    return {
      answer: (section) =>
        section.protocol === transportProtocol && section.format === format && !this.#stopped ? sctpLines : null,
      offer: () => (connection === "subscriber" ? { protocol: transportProtocol, format, lines: sctpLines } : null),
      open: (transport) => {
        if (opened === transport || this.#stopped) return;
        opened = transport;
        this.#connect(transport, connection);
      },
    };
  }

  /** Reliable messages that come before the channel is open wait for it. */
  send(kind: DataKind, data: Buffer): void {
    if (this.#stopped) return;
    if (this.#out?.isOpen(kind)) {
      const sent = this.#out.send(kind, data);
      if (!sent && kind === "reliable" && !this.#behind)
        this.#log.warn({ participant: this.#owner.sid }, "data.receiver-behind");
      if (kind === "reliable") this.#behind = !sent;
    } else if (kind === "reliable" && this.#pendingBytes + data.length <= maxPending) {
      this.#pending.push(data);
      this.#pendingBytes += data.length;
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#intake.stop();
    for (const channels of this.#channels) channels.stop();
    this.#channels.clear();
    this.#out = null;
    this.#pending = [];
  }

  /** The last wall: what goes wrong with one client's message is that client's trouble alone. */
  #deal(kind: DataKind, data: Buffer): number {
    try {
      return this.#owner.posted(kind, data);
    } catch (error) {
      this.#log.error({ participant: this.#owner.sid, err: error }, "data.failed");
      return 0;
    }
  }

  #connect(transport: Transport, connection: "single" | "publisher" | "subscriber"): void {
    const receives = connection !== "publisher";
    const channels = new DataChannels(
      {
        transmit: (packet) => transport.transport?.SendApplicationData(packet),
        opened: (kind) => {
          if (receives && kind === "reliable") this.#sendPending();
        },
        message: (kind, data) => this.#intake.take(kind, data),
        closed: (why, error) => this.#closed(transport, channels, why, error),
      },
      // Clients answer our offer as DTLS clients, so that odd streams are ours.
      connection === "subscriber" ? 1 : null,
    );
    this.#channels.add(channels);
    if (receives) this.#out = channels;
    transport.onapplicationdata = (datagrams) => channels.receive(datagrams);
    transport.transport?.SetApplicationDataRate(datagramsPerSecond);
  }

  #closed(transport: Transport, channels: DataChannels, why: string, error: unknown): void {
    this.#channels.delete(channels);
    if (this.#out === channels) this.#out = null;
    // Not another datagram of this client's costs more than a look.
    transport.transport?.SetApplicationDataRate(0);
    const participant = this.#owner.sid;
    if (error === undefined) this.#log.info({ participant, why }, "data.closed");
    else this.#log.error({ participant, err: error }, "data.failed");
  }

  #sendPending(): void {
    const pending = this.#pending;
    this.#pending = [];
    this.#pendingBytes = 0;
    // After whatever its opening still has to say.
    queueMicrotask(() => {
      for (const data of pending) this.send("reliable", data);
    });
  }
}
