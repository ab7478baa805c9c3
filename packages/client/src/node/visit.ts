import { type ClientOptions, WebSocket } from "ws";
import type { ApiRequest, Send } from "../http/ask.ts";
import { Jar } from "./jar.ts";

/** A visit to a house from Node: keeps its cookies, and sends the Origin that it asks of whatever changes something. */
export class Visit {
  /** Of the chamber, without a slash at its end. */
  readonly origin: string;
  readonly #jar = new Jar();

  constructor(origin: string) {
    this.origin = origin;
  }

  readonly send: Send = async ({ method, path, body, signal }: ApiRequest) => {
    const response = await fetch(this.origin + path, {
      method,
      signal,
      redirect: "error",
      headers: {
        ...this.headers(path),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body }),
    });
    this.#jar.keep(response.headers);
    return response;
  };

  /** A socket of this visit's. */
  socket(path: string, options: Pick<ClientOptions, "maxPayload" | "localAddress"> = {}): WebSocket {
    return new WebSocket(this.origin.replace(/^http/, "ws") + path, {
      headers: this.headers(path),
      perMessageDeflate: false,
      ...options,
    });
  }

  /** Of a request for that path. */
  headers(path: string): { origin: string; cookie: string } {
    return { origin: this.origin, cookie: this.#jar.for(path) };
  }
}
