import type { IncomingMessage, ServerResponse } from "node:http";
import { namesOneHost } from "@raadhuis/protocol/door";

/** A page somewhere else whose name was made to lead here (DNS rebinding) sends that name. */
const ownHost = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;

/** Why a request is not for us, by the host it names; `null`: it is. */
export function hostProblem(
  request: Pick<IncomingMessage, "headers" | "httpVersion" | "rawHeaders" | "url">,
): { status: number; message: string } | null {
  if (!namesOneHost(request)) return { status: 400, message: "request.malformed" };
  return ownHost.test(request.headers.host ?? "") ? null : { status: 421, message: "request.unknown-host" };
}

/** Without the query. */
export const pathOf = ({ url = "" }: Pick<IncomingMessage, "url">): string => url.split("?")[0] ?? "";

/** The ticket in `Authorization: Bearer`; `null`: there is none. */
export const bearerOf = ({ headers }: Pick<IncomingMessage, "headers">): string | null =>
  /^Bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1] ?? null;

/** Room for LiveKit's largest metadata (512 KiB), written in JSON. */
export const maxBodyBytes = 1024 * 1024;

/** The whole body; `null`: it is longer than `maxBodyBytes`, and the rest of it was not read. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > maxBodyBytes) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** With refusals that are for now: the seconds after which it is worth coming again (RFC 9110, 10.2.3). */
export const againAfter = (status: number): { "retry-after"?: string } =>
  status === 429 || status === 503 ? { "retry-after": "1" } : {};

/** Answers with a line of text. */
export function reply(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...againAfter(status) });
  response.end(text);
}
