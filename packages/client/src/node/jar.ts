/** Cookies of one host, sent back by their paths (RFC 6265, 5.1.4 and 5.4): what a browser would bring. */
export class Jar {
  readonly #cookies = new Map<string, { pair: string; path: string }>();

  /** Header `Cookie` for a path; empty when there is none to send. */
  for(path: string): string {
    const fitting = [...this.#cookies.values()].filter((cookie) => isUnder(path, cookie.path));
    return fitting.map(({ pair }) => pair).join("; ");
  }

  keep(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
      const path = attributes.find((attribute) => attribute.toLowerCase().startsWith("path="))?.slice(5) ?? "/";
      this.#cookies.set(pair.slice(0, pair.indexOf("=")), { pair, path });
    }
  }
}

const isUnder = (path: string, cookiePath: string): boolean =>
  path === cookiePath || path.startsWith(cookiePath.endsWith("/") ? cookiePath : `${cookiePath}/`);
