import { Association } from "./sctp/association.ts";
import type { Message } from "./sctp/inbound.ts";

/** LiveKit's two kinds of data channels: the one that resends, and the one that is quick. */
export type DataKind = "reliable" | "lossy";

export interface DataChannelsEvents {
  /** A packet for the peer, at most 1,280 bytes. */
  transmit(packet: Buffer): void;
  opened(kind: DataKind): void;
  message(kind: DataKind, data: Buffer): void;
  /** All channels are gone and do not come back. */
  closed(why: string, error?: unknown): void;
}

/** Bytes of one message, as LiveKit takes them. */
export const maxMessageBytes = 65_535;
/** Bytes that a client may have on the way to us; what it sends faster than it is dealt with waits at its side. */
const windowBytes = 256 * 1024;
const maxStreams = 1024;
/** A stock client opens three. */
const maxChannels = 16;
/** Bytes for one receiver that are not acknowledged; beyond it, it gets no more until it has caught up. */
const maxBacklog: Record<DataKind, number> = { reliable: 1024 * 1024, lossy: 64 * 1024 };

/** Payload protocol identifiers (RFC 8831, 8). Pieces by identifier (52, 54) are long deprecated. */
const protocols = { control: 50, text: 51, binary: 53 };
/** RFC 8832. */
const control = { acknowledge: 2, open: 3 };
const channelTypes = { reliable: 0x00, unorderedRetransmits: 0x81 };
const labels: Record<string, DataKind | "ignored"> = {
  _reliable: "reliable",
  _lossy: "lossy",
  // Newer clients open it unasked and log an error where it is closed; data tracks themselves are refused by signalling.
  _data_track: "ignored",
};

/** The data channels of one peer connection (RFC 8831, 8832): those of LiveKit by their labels, and no others. */
export class DataChannels {
  readonly #events: DataChannelsEvents;
  readonly #association: Association;
  readonly #kinds = new Map<number, DataKind | "ignored">();
  readonly #streams = new Map<DataKind, number>();
  readonly #offering: 0 | 1 | null;

  /** `offering`: open both channels from our side, on even (we began DTLS) or odd streams; `null`: the client does. */
  constructor(events: DataChannelsEvents, offering: 0 | 1 | null = null) {
    this.#events = events;
    this.#offering = offering;
    this.#association = new Association(
      {
        transmit: events.transmit,
        opened: () => this.#begin(),
        message: (message) => this.#take(message),
        reset: (streams) => this.#forget(streams),
        closed: events.closed,
      },
      { maxMessage: maxMessageBytes, window: windowBytes, streams: maxStreams },
    );
  }

  receive(datagrams: readonly Buffer[]): void {
    this.#association.receive(datagrams);
  }

  isOpen(kind: DataKind): boolean {
    return this.#streams.has(kind);
  }

  /** `false`: dropped, because there is no such channel or because the peer does not keep up. */
  send(kind: DataKind, data: Buffer): boolean {
    const stream = this.#streams.get(kind);
    if (stream === undefined || data.length === 0) return false;
    if (this.#association.buffered + data.length > maxBacklog[kind]) return false;
    this.#association.send({ stream, protocol: protocols.binary, data, lossy: kind === "lossy" });
    return true;
  }

  /** So many bytes of messages wait to be dealt with: the peer is slowed down. */
  hold(bytes: number): void {
    this.#association.hold(bytes);
  }

  stop(): void {
    this.#kinds.clear();
    this.#streams.clear();
    this.#association.stop();
  }

  #begin(): void {
    this.#kinds.clear();
    this.#streams.clear();
    if (this.#offering === null) return;
    for (const [index, kind] of (["reliable", "lossy"] as const).entries()) {
      const stream = 2 * index + this.#offering;
      this.#kinds.set(stream, kind);
      this.#streams.set(kind, stream);
      const type = kind === "reliable" ? channelTypes.reliable : channelTypes.unorderedRetransmits;
      this.#control(stream, openMessage(type, `_${kind}`));
      this.#events.opened(kind);
    }
  }

  #take({ stream, protocol, data }: Message): void {
    if (protocol === protocols.control) {
      if (data[0] === control.open) this.#open(stream, data);
      return;
    }
    const kind = this.#kinds.get(stream);
    if (kind === undefined || kind === "ignored") return;
    if (protocol === protocols.binary || protocol === protocols.text) this.#events.message(kind, data);
  }

  #open(stream: number, message: Buffer): void {
    if (this.#kinds.has(stream)) return;
    const label = labelOf(message);
    const kind = label === null || !Object.hasOwn(labels, label) ? undefined : labels[label];
    if (kind === undefined || this.#kinds.size >= maxChannels) {
      this.#association.reset([stream]);
      return;
    }
    this.#kinds.set(stream, kind);
    this.#control(stream, Buffer.from([control.acknowledge]));
    if (kind === "ignored") return;
    // The latest counts: a client that opens another has lost the one before.
    this.#streams.set(kind, stream);
    this.#events.opened(kind);
  }

  #control(stream: number, data: Buffer): void {
    this.#association.send({ stream, protocol: protocols.control, data, lossy: false });
  }

  /** The peer closed these: ours are closed in return. */
  #forget(streams: readonly number[]): void {
    const known = streams.filter((stream) => this.#kinds.delete(stream));
    for (const [kind, stream] of this.#streams) if (known.includes(stream)) this.#streams.delete(kind);
    if (known.length > 0) this.#association.reset(known);
  }
}

/** `null`: malformed. */
function labelOf(message: Buffer): string | null {
  if (message.length < 12) return null;
  const length = message.readUInt16BE(8);
  if (12 + length + message.readUInt16BE(10) !== message.length || length > 64) return null;
  return message.toString("utf8", 12, 12 + length);
}

function openMessage(type: number, label: string): Buffer {
  const message = Buffer.alloc(12 + label.length);
  message.writeUInt8(control.open, 0);
  message.writeUInt8(type, 1);
  message.writeUInt16BE(label.length, 8);
  message.write(label, 12);
  return message;
}
