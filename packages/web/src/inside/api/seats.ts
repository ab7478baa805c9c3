import { SeatSession } from "@raadhuis/protocol/http";
import { RETRY_PATIENCE_MS, request } from "./request.ts";

export const redeem = (meeting: string, secret: string) =>
  request("POST", "/api/seats/redeem", SeatSession, { meeting, secret });

export const seatSession = (seat: string) =>
  request("GET", `/api/seats/${seat}`, SeatSession, undefined, RETRY_PATIENCE_MS);

export const seatSocket = (seat: string) => `/api/seats/${seat}/socket`;
