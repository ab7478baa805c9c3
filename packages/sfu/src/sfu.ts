import { houses, livekits } from "./base/customs.ts";
import type { Log } from "./base/log.ts";
import { openMediaPlane } from "./engine/mediaPlane.ts";
import { createHttp } from "./entry/http.ts";
import { inside } from "./entry/inside.ts";
import { listen, portOf, type StartProblem } from "./entry/listen.ts";
import { Metrics } from "./metrics/metrics.ts";
import { Tally } from "./metrics/tally.ts";
import { announcedAddresses } from "./ports/addresses.ts";
import { MediaPorts } from "./ports/mediaPorts.ts";
import { FrontDesk } from "./processes/frontDesk.ts";
import { Pulse } from "./room/pulse.ts";
import { Rooms } from "./room/rooms.ts";
import { Listening } from "./speech/listening.ts";
import type { ApiKey } from "./ticket/ticket.ts";
import type { Relays } from "./ticket/turn.ts";
import { type WebhookOptions, webhooks } from "./webhooks/index.ts";

export interface SfuOptions {
  /** 0: any. */
  httpPort: number;
  /** First of the media ports. */
  udpPort: number;
  /** How many media threads, each with a UDP port: `udpPort` and those after it. */
  threads: number;
  /** How many of one room a thread carries before that room takes another. */
  peoplePerThread?: number;
  /** Addresses to announce; `null`: those that are found. */
  publicIps: readonly string[] | null;
  /** Relays told to clients. */
  relays?: Relays | null;
  /** One of several processes: opens the rooms that the front gives it, and no others. */
  carrier?: boolean;
  api: ApiKey;
  /**
   * Shared with the chamber: seats come in with its word, and a house's customs hold. Without, a ticket is enough, and
   * LiveKit's do.
   */
  admissionSecret?: string | null;
  webhooks?: WebhookOptions;
  log: Log;
}

export interface Sfu {
  port: number;
  addresses: string[];
  udpPorts: readonly number[];
  /** Of a carrier: where it listens for the front. */
  control: number | null;
  /** How many tracks are handed from one media thread to another now. */
  mirrors(): number;
  /** Tells every client to come back, and closes both ports. */
  stop(): void;
}

/** Starts to listen: TCP on 127.0.0.1 only, UDP on all addresses. */
export async function startSfu(options: SfuOptions): Promise<Sfu | StartProblem> {
  const { httpPort, api, log } = options;
  const addresses = await announcedAddresses(options.publicIps);
  const udpPorts = Array.from({ length: options.threads }, (_, index) => options.udpPort + index);
  const plane = openMediaPlane(udpPorts);
  if (typeof plane === "number")
    return {
      code: "port.in-use",
      message: `UDP port ${plane} is in use. Set RAADHUIS_UDP_PORTS or PORT to another.`,
    };
  const tally = new Tally();
  for (const endpoint of plane.endpoints) tally.follow(endpoint);
  const customs = options.admissionSecret ? houses : livekits;
  const ports = plane.endpoints.map((endpoint, index) => {
    const port = options.udpPort + index;
    return { endpoint, addresses, port, customs };
  });
  const rooms = new Rooms(new MediaPorts(ports, options.peoplePerThread), log, webhooks(options.webhooks, log));
  const desk = options.carrier ? new FrontDesk(api, log) : null;
  rooms.front = desk;
  const http = createHttp(
    { rooms, api, admissionSecret: options.admissionSecret ?? null, relays: options.relays ?? null, log },
    inside(rooms, new Metrics(rooms, tally)),
  );
  const problem = await listen(http, httpPort);
  if (problem !== null) {
    desk?.stop();
    plane.stop();
    return problem;
  }
  const pulse = new Pulse(rooms, log);
  const listening = new Listening(rooms, log);
  return {
    port: portOf(http),
    addresses,
    udpPorts,
    control: desk ? await desk.open(rooms) : null,
    mirrors: plane.mirrors,
    stop() {
      pulse.stop();
      listening.stop();
      rooms.closeAll();
      desk?.stop();
      http.close();
      plane.stop();
    },
  };
}
