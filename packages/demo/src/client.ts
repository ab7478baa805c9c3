import { ErrorBody } from "@raadhuis/protocol/http";
import type { z } from "zod";

/** An answer of status 400 and above. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = "Refused";
    this.status = status;
    this.code = code;
  }
}

/** One browser's worth of cookies at the chamber's HTTP API; sends the Origin that the server wants. */
export class Client {
  readonly origin: string;
  readonly #cookies = new Map<string, { value: string; path: string }>();

  /** `origin`: the chamber's, without a trailing slash. */
  constructor(origin: string) {
    this.origin = origin;
  }

  get<T>(path: string, shape: z.ZodType<T>): Promise<T> {
    return this.#ask("GET", path, undefined, shape);
  }

  post<T>(path: string, body: unknown, shape: z.ZodType<T>): Promise<T> {
    return this.#ask("POST", path, body, shape);
  }

  /** Cookie header for a path. */
  cookies(path: string): string {
    const fitting = [...this.#cookies].filter(([, cookie]) => under(path, cookie.path));
    return fitting.map(([name, { value }]) => `${name}=${value}`).join("; ");
  }

  async #ask<T>(method: string, path: string, body: unknown, shape: z.ZodType<T>): Promise<T> {
    const reply = await fetch(this.origin + path, {
      method,
      redirect: "error",
      headers: {
        origin: this.origin,
        cookie: this.cookies(path),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of reply.headers.getSetCookie()) this.#keep(line);
    const text = await reply.text();
    const answer: unknown = text === "" ? undefined : JSON.parse(text);
    if (reply.ok) return shape.parse(answer);
    const error = ErrorBody.safeParse(answer).data ?? { code: "request.failed", message: `${method} ${path}` };
    throw new Refused(reply.status, error.code, error.message);
  }

  #keep(line: string): void {
    const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
    const at = pair.indexOf("=");
    const path = attributes.find((attribute) => attribute.toLowerCase().startsWith("path="))?.slice(5) ?? "/";
    this.#cookies.set(pair.slice(0, at), { value: pair.slice(at + 1), path });
  }
}

/** RFC 6265, 5.1.4. */
const under = (path: string, cookiePath: string): boolean =>
  path === cookiePath || path.startsWith(cookiePath.endsWith("/") ? cookiePath : `${cookiePath}/`);
