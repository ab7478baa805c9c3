import type { Log } from "../base/log.ts";
import { listen, portOf } from "../entry/listen.ts";
import type { StartProblem } from "../sfu.ts";
import type { ApiKey } from "../ticket/ticket.ts";
import type { CarrierPorts } from "./carrierLink.ts";
import { Carriers } from "./carriers.ts";
import { createFront } from "./front.ts";

export interface StartedFront {
  port: number;
  /** All media processes that run now. */
  told(carriers: readonly CarrierPorts[]): void;
  stop(): void;
}

/** Listens on 127.0.0.1 (TCP). */
export async function startFront(port: number, api: ApiKey, log: Log): Promise<StartedFront | StartProblem> {
  const carriers = new Carriers(api, log);
  const server = createFront(carriers, api, log);
  const problem = await listen(server, port);
  if (problem !== null)
    return { code: "port.in-use", message: `TCP port ${port} cannot be had (${problem}). Set PORT to another.` };
  return {
    port: portOf(server),
    told: (ports) => carriers.told(ports),
    stop() {
      server.close();
      carriers.stop();
    },
  };
}
