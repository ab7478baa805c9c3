import type { Log } from "../base/log.ts";
import { listen, portOf, type StartProblem } from "../entry/listen.ts";
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
  if (problem !== null) return problem;
  return {
    port: portOf(server),
    told: (ports) => carriers.told(ports),
    stop() {
      server.close();
      carriers.stop();
    },
  };
}
