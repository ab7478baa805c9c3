import { randomBytes } from "node:crypto";
import { collection } from "../engine/collection.ts";
import type { IcePlain, Transport } from "../engine/medooze.ts";
import type { MediaAddress } from "../ports/mediaPorts.ts";
import type { LocalTransport } from "../sdp/answer.ts";
import { type Agreed, propertiesOf } from "../sdp/capabilities.ts";
import { NotAnOffer, type Offer } from "../sdp/offer.ts";

/** What a peer connection says of itself. */
export interface PeerEvents {
  /** DTLS is done; said once. */
  connected(): void;
  /** What was connected is so no more: DTLS has ended, or nothing was heard for half a minute. May be said again. */
  disconnected(): void;
  /** The client has restarted ICE: it may be somewhere else now. */
  moved(): void;
}

/** One peer connection of a client, seen from here: ICE, DTLS, and the numbers both sides gave codecs and extensions. */
export class Peer {
  readonly #media: MediaAddress;
  readonly #events: PeerEvents;
  #transport: Transport | null = null;
  #remote: { ufrag: string; fingerprint: string } | null = null;
  #properties = "";
  #connected = false;
  #stopped = false;

  constructor(media: MediaAddress, events: PeerEvents) {
    this.#media = media;
    this.#events = events;
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** `null`: the client has not told of its side yet. */
  get transport(): Transport | null {
    return this.#transport;
  }

  /**
   * The transport to a client that says this of its side. New ICE credentials restart ICE; media goes on meanwhile.
   * `ours`: the credentials we offered; without, those of our answer are made here. Throws NotAnOffer when another
   * certificate than before is named: a peer connection keeps its own for life.
   */
  meet({ ice, dtls }: Pick<Offer, "ice" | "dtls">, ours?: IcePlain): Transport {
    if (this.#transport === null || this.#remote === null) {
      const local = ours && {
        ice: ours,
        dtls: { setup: "passive", hash: "sha-256", fingerprint: this.#media.endpoint.getDTLSFingerprint() },
        candidates: [],
      };
      const transport = this.#media.endpoint.createTransport({ ice, dtls, candidates: [] }, local);
      transport.on("dtlsstate", (state) => this.#dtlsChanged(state));
      transport.on("icetimeout", () => this.#lost());
      this.#transport = transport;
      this.#remote = { ufrag: ice.ufrag, fingerprint: dtls.fingerprint };
      return transport;
    }
    if (this.#remote.fingerprint !== dtls.fingerprint) throw new NotAnOffer("The DTLS fingerprint has changed.");
    if (this.#remote.ufrag !== ice.ufrag) {
      this.#transport.restartICE(ice, ours);
      this.#remote.ufrag = ice.ufrag;
      this.#events.moved();
    }
    return this.#transport;
  }

  /** Payload types and extension ids are agreed on for a whole connection, not section by section. */
  agree(transport: Transport, sections: readonly Agreed[]): void {
    const properties = propertiesOf(sections);
    const text = JSON.stringify(properties);
    if (text === this.#properties) return;
    this.#properties = text;
    transport.setLocalProperties(properties);
    transport.setRemoteProperties(properties);
  }

  /** Our side, for an SDP: of an answer, or of an offer with these credentials. */
  local(ice: IcePlain, setup: LocalTransport["setup"]): LocalTransport {
    const { endpoint, addresses, port } = this.#media;
    return { ...ice, setup, fingerprint: endpoint.getDTLSFingerprint(), addresses, port };
  }

  stop(): void {
    this.#stopped = true;
    if (this.#transport) collection.due();
    this.#transport?.stop();
    this.#transport = null;
  }

  #dtlsChanged(state: string): void {
    if (this.#stopped) return;
    if (state === "connected" && !this.#connected) {
      this.#connected = true;
      this.#events.connected();
    } else if (state === "failed" || state === "closed") {
      this.#lost();
    }
  }

  /** A connection that never was is none that was lost: the publishing one of a client that publishes nothing. */
  #lost(): void {
    if (this.#connected && !this.#stopped) this.#events.disconnected();
  }
}

/** ICE credentials as Medooze makes them. */
export function iceOf(transport: Transport): IcePlain {
  const ice = transport.getLocalICEInfo();
  return { ufrag: ice.getUfrag(), pwd: ice.getPwd() };
}

/** New ICE credentials: 64 and 192 random bits (RFC 8445 asks for 24 and 128). */
export const newIce = (): IcePlain => ({ ufrag: randomBytes(8).toString("hex"), pwd: randomBytes(24).toString("hex") });
