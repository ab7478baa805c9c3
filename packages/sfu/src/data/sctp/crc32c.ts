/** CRC-32C (Castagnoli), the checksum of SCTP packets (RFC 9260, appendix A), four bytes at a time. */
const tables = makeTables();

function makeTables(): [Uint32Array, Uint32Array, Uint32Array, Uint32Array] {
  const first = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    first[byte] = crc;
  }
  const next = (table: Uint32Array) => table.map((crc) => (first[crc & 0xff] ?? 0) ^ (crc >>> 8));
  const second = next(first);
  const third = next(second);
  return [first, second, third, next(third)];
}

/** Of a packet as if its checksum field (bytes 8 to 11) were zero. */
export function checksumOf(packet: Buffer): number {
  const [first, second, third, fourth] = tables;
  const length = packet.length;
  let crc = 0xffffffff;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    const word = at === 8 ? 0 : packet.readInt32LE(at);
    crc ^= word;
    crc =
      (fourth[crc & 0xff] ?? 0) ^
      (third[(crc >>> 8) & 0xff] ?? 0) ^
      (second[(crc >>> 16) & 0xff] ?? 0) ^
      (first[crc >>> 24] ?? 0);
  }
  for (; at < length; at++) crc = (first[(crc ^ (packet[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}
