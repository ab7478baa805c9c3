import type { Method } from "./method.ts";
import { participantCalls } from "./participantCalls.ts";
import { performRpc } from "./performRpc.ts";
import { roomCalls } from "./roomCalls.ts";
import { sendData } from "./sendData.ts";
import { unavailableCalls } from "./unavailableCalls.ts";

/** livekit.RoomService: every call it has, by name. */
export const roomService: ReadonlyMap<string, Method> = new Map<string, Method>(
  Object.entries({
    ...roomCalls,
    ...participantCalls,
    SendData: sendData,
    PerformRpc: performRpc,
    ...unavailableCalls,
  }),
);
