import type { Endpoint, IncomingTrack, OutgoingTrack, Transport } from "./medooze.ts";

/** A track of another thread, as this thread hands it on: one copy, whoever many it goes to. */
export interface Mirror extends IncomingTrack {
  isAttached(): boolean;
}

/** What a media thread can do for tracks of others. The same track gives the same mirror while that is not stopped. */
export interface Mirroring extends Endpoint {
  mirrorIncomingStreamTrack(track: IncomingTrack): Mirror;
}

/**
 * Lets what comes in on one media thread go out on another: `attachTo` takes tracks of any thread from now on. A thread
 * gets one mirror of a track when its first receiver is attached, and ends it when its last one is detached; receivers'
 * requests for key frames go to the track's own thread, lost packets are sent again from the receiver's.
 */
export function mirrorAcross(threads: readonly Mirroring[]): void {
  const homes = new WeakMap<IncomingTrack, Endpoint>();
  for (const thread of threads) {
    const createTransport = thread.createTransport.bind(thread);
    thread.createTransport = (...remote) => {
      const transport = createTransport(...remote);
      rememberHome(transport, thread, homes);
      mirrorOutgoing(transport, thread, homes);
      return transport;
    };
  }
}

function rememberHome(transport: Transport, thread: Endpoint, homes: WeakMap<IncomingTrack, Endpoint>): void {
  const create = transport.createIncomingStreamTrack.bind(transport);
  transport.createIncomingStreamTrack = (...info) => {
    const track = create(...info);
    homes.set(track, thread);
    return track;
  };
}

function mirrorOutgoing(transport: Transport, thread: Mirroring, homes: WeakMap<IncomingTrack, Endpoint>): void {
  const create = transport.createOutgoingStreamTrack.bind(transport);
  transport.createOutgoingStreamTrack = (...info) => {
    const outgoing: OutgoingTrack = create(...info);
    const attachTo = outgoing.attachTo.bind(outgoing);
    outgoing.attachTo = (track, ...layers) => {
      const home = homes.get(track);
      const near = home === undefined || home === thread ? track : mirrorOf(track, thread);
      return attachTo(near, ...layers);
    };
    return outgoing;
  };
}

const watched = new WeakSet<Mirror>();

function mirrorOf(track: IncomingTrack, thread: Mirroring): Mirror {
  const mirror = thread.mirrorIncomingStreamTrack(track);
  if (!watched.has(mirror)) {
    watched.add(mirror);
    // After this turn: a receiver may be attached anew in it.
    mirror.on("detached", () => setImmediate(() => mirror.isAttached() || mirror.stop()));
  }
  return mirror;
}
