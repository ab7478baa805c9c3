const payloadSpecific = 206;
const pictureLoss = 1;
const fullIntra = 4;

/** Whether a message, which may be of several parts, has a PLI (RFC 4585) or FIR (RFC 5104) in it. */
export function asksForKeyFrame(message: Buffer): boolean {
  for (let at = 0; at + 4 <= message.length; at += (message.readUInt16BE(at + 2) + 1) * 4) {
    const format = (message[at] ?? 0) & 0x1f;
    if (message[at + 1] === payloadSpecific && (format === pictureLoss || format === fullIntra)) return true;
  }
  return false;
}
