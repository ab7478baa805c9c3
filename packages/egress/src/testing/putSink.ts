import { readFile } from "node:fs/promises";
import { request } from "node:http";
import type { PublicFile, Sink } from "../sinks/sink.ts";

/** Puts files to a web server that takes them, as a bucket does. */
export class PutSink implements Sink {
  readonly name = "put";
  readonly #base: string;

  /** @param base with a slash at its end */
  constructor(base: string) {
    this.#base = base;
  }

  async names(signal?: AbortSignal): Promise<string[]> {
    return (await ask("GET", this.#base, signal)).split("\n").filter(Boolean);
  }

  async put({ name, content }: PublicFile, signal?: AbortSignal): Promise<void> {
    await ask("PUT", this.#base + name, signal, typeof content === "string" ? content : await readFile(content.path));
  }

  async remove(name: string, signal?: AbortSignal): Promise<void> {
    await ask("DELETE", this.#base + name, signal);
  }
}

function ask(method: string, url: string, signal?: AbortSignal, body: string | Buffer = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, agent: false, ...(signal && { signal }) }, (response) => {
      response.toArray().then((parts) => {
        if (response.statusCode === 200) resolve(String(Buffer.concat(parts)));
        else reject(new Error(`${method} ${url}: ${response.statusCode}`));
      }, reject);
    });
    asked.on("error", reject).end(body);
  });
}
