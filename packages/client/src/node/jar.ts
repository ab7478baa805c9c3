/** Cookies of one host, kept until they are taken back and sent back by their paths (RFC 6265, 5.1.4 and 5.4). */
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
      const name = pair.slice(0, pair.indexOf("="));
      if (isTakenBack(attributes)) this.#cookies.delete(name);
      else this.#cookies.set(name, { pair, path: attributeOf("path", attributes) ?? "/" });
    }
  }
}

const attributeOf = (name: string, attributes: readonly string[]): string | undefined =>
  attributes.find((attribute) => attribute.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);

/** Max-Age goes before Expires (RFC 6265, 5.3). */
function isTakenBack(attributes: readonly string[]): boolean {
  const [seconds, until] = [attributeOf("max-age", attributes), attributeOf("expires", attributes)];
  return seconds === undefined ? until !== undefined && Date.parse(until) <= Date.now() : Number(seconds) <= 0;
}

const isUnder = (path: string, cookiePath: string): boolean =>
  path === cookiePath || path.startsWith(cookiePath.endsWith("/") ? cookiePath : `${cookiePath}/`);
