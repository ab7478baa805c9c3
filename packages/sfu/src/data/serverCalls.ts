import { randomUUID } from "node:crypto";
import { DataPacket, DataPacket_Kind, RpcRequest } from "@livekit/protocol";
import type { Mailbox } from "./mailbox.ts";

/** What a client's method answered, or why it did not, by the codes of LiveKit's SDKs. */
export type CallOutcome = { payload: string } | { error: { code: number; message: string } };

export interface Callee {
  readonly sid: string;
  readonly identity: string;
  readonly mailbox: Pick<Mailbox, "send">;
}

export const rpcErrors = {
  connectionTimeout: { code: 1501, message: "Connection timeout" },
  responseTimeout: { code: 1502, message: "Response timeout" },
  sendFailed: { code: 1505, message: "Failed to send" },
} as const;

/** LiveKit's own: how long a client may take to say that it has heard, ms. */
const acknowledgeMs = 2000;
const longestMs = 25_000;
/** Calls of one room that wait for an answer. */
const mostWaiting = 100;

interface Waiting {
  callee: string;
  acknowledge: NodeJS.Timeout;
  end(outcome: CallOutcome): void;
}

/** Methods of clients that the server API calls (RoomService.PerformRpc): one room's, until they are answered. */
export class ServerCalls {
  readonly #waiting = new Map<string, Waiting>();

  /** @param withinMs how long the method may take. Resolves always. */
  call(callee: Callee, method: string, payload: string, withinMs: number): Promise<CallOutcome> {
    if (this.#waiting.size >= mostWaiting) return Promise.resolve({ error: rpcErrors.sendFailed });
    const id = randomUUID();
    const within = Math.min(withinMs, longestMs);
    return new Promise((resolve) => {
      const end = (outcome: CallOutcome) => {
        clearTimeout(acknowledge);
        clearTimeout(answer);
        this.#waiting.delete(id);
        resolve(outcome);
      };
      const acknowledge = setTimeout(() => end({ error: rpcErrors.connectionTimeout }), acknowledgeMs).unref();
      const answer = setTimeout(() => end({ error: rpcErrors.responseTimeout }), within).unref();
      this.#waiting.set(id, { callee: callee.sid, acknowledge, end });
      const packet = new DataPacket({
        kind: DataPacket_Kind.RELIABLE,
        // Whom the client answers: nobody in the room is called so.
        participantIdentity: id,
        value: {
          case: "rpcRequest",
          value: new RpcRequest({ id, method, payload, responseTimeoutMs: within, version: 1 }),
        },
      });
      callee.mailbox.send("reliable", Buffer.from(packet.toBinary()));
    });
  }

  /** Whether this packet answers a call of the server, and so is for nobody else. Only whoever was called answers. */
  hear(senderSid: string, { value }: DataPacket): boolean {
    if (value.case !== "rpcAck" && value.case !== "rpcResponse") return false;
    const call = this.#waiting.get(value.value.requestId);
    if (call === undefined || call.callee !== senderSid) return false;
    if (value.case === "rpcAck") {
      clearTimeout(call.acknowledge);
      return true;
    }
    const answer = value.value.value;
    if (answer.case === "payload") call.end({ payload: answer.value });
    else if (answer.case === "error") call.end({ error: { code: answer.value.code, message: answer.value.message } });
    else call.end({ error: rpcErrors.sendFailed });
    return true;
  }
}
