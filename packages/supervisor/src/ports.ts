import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Settings } from "@raadhuis/protocol/settings";

/** A port the house needs and cannot have. */
export interface PortProblem {
  code: "port.in-use" | "port.refused" | "port.twice";
  message: string;
}

interface Wanted {
  kind: "tcp" | "udp";
  host: string;
  port: number;
  setting: string;
}

const wantedBy = (settings: Settings): Wanted[] => [
  { kind: "tcp", host: settings.chamber.bind, port: settings.chamber.port, setting: "PORT" },
  { kind: "tcp", host: settings.gallery.bind, port: settings.gallery.port, setting: "GALLERY_PORT" },
  ...(settings.livekit.embedded
    ? ([
        { kind: "tcp", host: "127.0.0.1", port: settings.sfu.httpPort, setting: "PORT, which takes PORT + 2 too" },
        ...mediaPortsOf(settings).map(
          (port): Wanted => ({ kind: "udp", host: "0.0.0.0", port, setting: "RAADHUIS_UDP_PORTS" }),
        ),
      ] satisfies Wanted[])
    : []),
];

/** UDP ports of the embedded media server: one for each media thread of each process. */
export function mediaPortsOf({ sfu }: Settings): number[] {
  return Array.from({ length: sfu.processes * sfu.threads }, (_, index) => sfu.udpPort + index);
}

/** Takes each port for a moment, before anything starts: a clear word now is worth ten stack traces later. */
export async function portProblems(settings: Settings): Promise<PortProblem[]> {
  const wanted = wantedBy(settings);
  const twice = clashesOf(wanted);
  if (twice.length > 0) return twice;
  const found = await Promise.all(wanted.map(tryOut));
  return found.filter((problem) => problem !== null);
}

/** Parts of the house that would take each other's port: tried one after the other, each would seem free. */
function clashesOf(wanted: readonly Wanted[]): PortProblem[] {
  return wanted.flatMap((one, index) =>
    wanted
      .slice(0, index)
      .filter(({ kind, port, host }) => kind === one.kind && port === one.port && overlap(host, one.host))
      .map(({ setting }) => ({
        code: "port.twice" as const,
        message: `${one.kind.toUpperCase()} port ${one.port} is wanted twice: by ${setting} and by ${one.setting}.`,
      })),
  );
}

const isAny = (host: string): boolean => /^[0.:]+$/.test(host);
const isOwn = (host: string): boolean => host === "localhost" || host === "127.0.0.1";
const overlap = (a: string, b: string): boolean => a === b || isAny(a) || isAny(b) || (isOwn(a) && isOwn(b));

async function tryOut(wanted: Wanted): Promise<PortProblem | null> {
  const { kind, host, port, setting } = wanted;
  try {
    if (kind === "tcp") {
      const server = createServer().listen({ host, port, exclusive: true });
      await once(server, "listening");
      await new Promise((resolve) => server.close(resolve));
    } else {
      const socket = createSocket("udp4").bind({ address: host, port, exclusive: true });
      await once(socket, "listening");
      await new Promise<void>((resolve) => socket.close(resolve));
    }
    return null;
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? error.code : String(error);
    const name = `${kind.toUpperCase()} port ${port} on ${host}`;
    if (reason === "EADDRINUSE")
      return { code: "port.in-use", message: `${name} is in use by another program. Set ${setting}.` };
    return { code: "port.refused", message: `${name} cannot be had (${reason}). Set ${setting}.` };
  }
}
