import type { Endpoint } from "./medooze.ts";

/**
 * Lets transports forget the outgoing tracks that stopped. Medooze (1.156, Transport.js) keeps them by their id and takes
 * them away by another, so that each stays, with some 18 kB of native memory, for as long as its transport: whoever
 * sits in a room where people come and go would hold them all.
 */
export function forgetStopped(endpoint: Endpoint): void {
  const create = endpoint.createTransport.bind(endpoint);
  endpoint.createTransport = (...remote) => {
    const transport = create(...remote);
    const { outgoingStreamTracks: kept } = transport;
    transport.on("outgoingtrack", (track) => {
      track.on("stopped", () => {
        if (kept.get(track.getId()) === track) kept.delete(track.getId());
      });
    });
    return transport;
  };
}
