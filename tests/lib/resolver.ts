import { createSocket } from "node:dgram";

/**
 * A name server that knows every name: writes each name it is asked to stdout, a line each, and answers with its own
 * address, so that whoever asked goes on and shows what they were after. Its own program, because it runs in another
 * network namespace than the test.
 */
const [address = ""] = process.argv.slice(2);
const server = createSocket("udp4");

server.on("message", (query, from) => {
  const { name, type, end } = questionOf(query);
  process.stdout.write(`${name}\n`);
  const found = type === 1;
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(found ? 1 : 0, 6);
  head.writeUInt32BE(0, 8);
  const answer = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split(".").map(Number)]);
  server.send(Buffer.concat([head, query.subarray(12, end), ...(found ? [answer] : [])]), from.port, from.address);
});
server.bind(53, address, () => process.stderr.write("resolver ready\n"));

/** RFC 1035, 4.1.2. */
function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  while (query[at]) {
    const length = query[at]!;
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join("."), type: query.readUInt16BE(at + 1), end: at + 5 };
}
