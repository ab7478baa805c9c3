/** What of a request says which host it is for; Node's IncomingMessage has it. */
interface Addressed {
  url?: string | undefined;
  httpVersion: string;
  rawHeaders: readonly string[];
}

/**
 * Whether a request says in one way which host it is for: by one Host header, and, where its address is an absolute one,
 * by the same name there (RFC 9112, 3.2). Node takes the first header of several, and a proxy before it may take the last.
 */
export function namesOneHost({ url = "", httpVersion, rawHeaders }: Addressed): boolean {
  const hosts = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === "host");
  const [host] = hosts;
  // HTTP/1.0 knew no Host.
  if (host === undefined) return httpVersion === "1.0" && url.startsWith("/");
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1];
  return hosts.length === 1 && (absolute === undefined || absolute.toLowerCase() === host.toLowerCase());
}
