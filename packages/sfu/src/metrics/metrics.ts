import { performance } from "node:perf_hooks";
import { ConnectionQuality } from "@livekit/protocol";
import { counts } from "../base/counts.ts";
import type { Kind } from "../engine/medooze.ts";
import type { Rooms } from "../room/rooms.ts";
import type { Tally, Traffic } from "./tally.ts";
import { type Family, textOf } from "./text.ts";

const kinds: readonly Kind[] = ["audio", "video"];
/** Whoever asks more often than this hears the same again, ms: asking costs what it costs once. */
const freshMs = 1000;

const qualityNames = {
  [ConnectionQuality.EXCELLENT]: "excellent",
  [ConnectionQuality.GOOD]: "good",
  [ConnectionQuality.POOR]: "poor",
  [ConnectionQuality.LOST]: "lost",
} as const;

const gauge = (name: string, help: string, ...samples: Family["samples"]): Family => ({
  name: `raadhuis_sfu_${name}`,
  help,
  type: "gauge",
  samples,
});
const counter = (name: string, help: string, ...samples: Family["samples"]): Family => ({
  ...gauge(`${name}_total`, help, ...samples),
  type: "counter",
});
const byKind = (of: (kind: Kind) => number, labels: Record<string, string> = {}): Family["samples"] =>
  kinds.map((kind) => ({ labels: { ...labels, kind }, value: of(kind) }));

/** What this process does, in numbers; nothing is gathered until somebody asks. No room, no person is named. */
export class Metrics {
  readonly #rooms: Rooms;
  readonly #tally: Tally;
  #last: { at: number; text: Promise<string> } | null = null;

  constructor(rooms: Rooms, tally: Tally) {
    this.#rooms = rooms;
    this.#tally = tally;
  }

  /** In Prometheus' text format. */
  text(): Promise<string> {
    if (this.#last === null || performance.now() - this.#last.at > freshMs)
      this.#last = { at: performance.now(), text: this.#gather().then(textOf) };
    return this.#last.text;
  }

  async #gather(): Promise<Family[]> {
    const began = performance.now();
    const lag = await lagOfLoop();
    const traffic = await this.#tally.count();
    return [
      ...this.#ofRooms(),
      ...ofTraffic(traffic.in, traffic.out),
      ...ofProcess(lag, traffic),
      gauge("gathering_seconds", "How long it took to gather all this.", {
        value: (performance.now() - began) / 1000,
      }),
    ];
  }

  #ofRooms(): Family[] {
    const rooms = this.#rooms.list();
    const people = rooms.flatMap((room) => [...room.participants.values()]);
    const tracks = people.flatMap((participant) => [...participant.tracks.values()]);
    const subscriptions = people.flatMap((participant) => [...participant.subscriptions.all.values()]);
    const estimates = people.flatMap(({ subscriptions }) => subscriptions.downlink.report.estimate ?? []);
    const sum = estimates.reduce((total, estimate) => total + estimate, 0);
    return [
      gauge("rooms", "Rooms that are there.", { value: rooms.length }),
      gauge("participants", "People in them, hidden ones too.", { value: people.length }),
      gauge("participants_without_socket", "People whose signalling is gone and who are waited for.", {
        value: people.filter(({ session }) => session === null).length,
      }),
      gauge(
        "tracks_published",
        "Tracks that come in.",
        ...byKind((k) => tracks.filter(({ kind }) => kind === k).length),
      ),
      gauge(
        "tracks_subscribed",
        "Tracks that go out, or are to.",
        ...byKind((k) => subscriptions.filter(({ track }) => track.kind === k).length),
      ),
      gauge(
        "connections",
        "People by how good their connection is.",
        ...Object.values(qualityNames).map((quality) => ({
          labels: { quality },
          value: people.filter(({ connection }) => connection && qualityNames[connection.quality] === quality).length,
        })),
      ),
      gauge(
        "bandwidth_estimate_bits_per_second",
        "What receivers' paths are thought to carry of video, of those that are known.",
        { labels: { of: "lowest" }, value: estimates.length === 0 ? 0 : Math.min(...estimates) },
        { labels: { of: "mean" }, value: estimates.length === 0 ? 0 : sum / estimates.length },
      ),
      gauge("bandwidth_limited", "Receivers that are sent less than they want since their path does not carry it.", {
        value: people.filter(({ subscriptions }) => subscriptions.downlink.report.isLimited).length,
      }),
      counter("layer_switches", "How often a receiver was given another encoding or layer of a picture.", {
        value: counts.layerSwitches,
      }),
      counter(
        "webhooks",
        "Events that were told, and that could not be.",
        {
          labels: { outcome: "taken" },
          value: counts.webhooksTaken,
        },
        { labels: { outcome: "dropped" }, value: counts.webhooksDropped },
      ),
    ];
  }
}

function ofTraffic(incoming: Record<Kind, Traffic>, outgoing: Record<Kind, Traffic>): Family[] {
  const both = (of: (traffic: Traffic) => number): Family["samples"] => [
    ...byKind((kind) => of(incoming[kind]), { way: "in" }),
    ...byKind((kind) => of(outgoing[kind]), { way: "out" }),
  ];
  return [
    counter("packets", "RTP packets.", ...both(({ packets }) => packets)),
    counter("bytes", "Bytes of RTP packets.", ...both(({ bytes }) => bytes)),
    counter(
      "packets_lost",
      "RTP packets that did not arrive: here, or as receivers report.",
      ...both(({ lost }) => lost),
    ),
    counter("nacks", "Requests to send packets again, to publishers.", ...byKind((kind) => incoming[kind].again)),
    counter("retransmissions", "Packets sent again, to receivers.", ...byKind((kind) => outgoing[kind].again)),
    counter("key_frame_requests", "Requests for a key frame (PLI), to publishers.", {
      value: incoming.video.keyFrames,
    }),
  ];
}

function ofProcess(lag: number, traffic: Record<"in" | "out", Record<Kind, Traffic>>): Family[] {
  const { user, system } = process.cpuUsage();
  const packets = kinds.reduce((sum, kind) => sum + traffic.in[kind].packets + traffic.out[kind].packets, 0);
  const { utilization } = performance.eventLoopUtilization();
  return [
    counter("cpu_seconds", "CPU time of the whole process.", { value: (user + system) / 1e6 }),
    gauge("cpu_microseconds_per_packet", "CPU time for each packet in or out, since the process began.", {
      value: packets === 0 ? 0 : (user + system) / packets,
    }),
    gauge("resident_bytes", "Resident memory.", { value: process.memoryUsage.rss() }),
    gauge("event_loop_lag_seconds", "How long what was due at once had to wait when this was gathered.", {
      value: lag,
    }),
    gauge("event_loop_utilization", "Share of the time that the event loop was busy, since the process began.", {
      value: utilization,
    }),
    gauge("uptime_seconds", "Age of the process.", { value: process.uptime() }),
  ];
}

/** s */
async function lagOfLoop(): Promise<number> {
  const before = performance.now();
  await new Promise((resolve) => setImmediate(resolve));
  return (performance.now() - before) / 1000;
}
