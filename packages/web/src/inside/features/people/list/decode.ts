/** Why a file's text cannot be shown. */
export type FileFault = "spreadsheet" | "not-text" | "too-large";

/** Far above any list of people. */
const MOST_BYTES = 1024 * 1024;

const begins = (bytes: Uint8Array, ...start: number[]) => start.every((byte, index) => bytes[index] === byte);

/**
 * A file's text. By its byte order mark it is UTF-8 or UTF-16; else UTF-8 if it can be that, and if not Windows-1252,
 * in which Excel saves CSV here.
 */
export function decodeFile(bytes: Uint8Array): { text: string } | { fault: FileFault } {
  if (bytes.length > MOST_BYTES) return { fault: "too-large" };
  // Workbooks of Excel and LibreOffice are archives (PK), older ones OLE files.
  if (begins(bytes, 0x50, 0x4b, 0x03, 0x04) || begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { fault: "spreadsheet" };
  const text = decode(bytes);
  return text.includes("\0") || text.startsWith("%PDF") ? { fault: "not-text" } : { text };
}

function decode(bytes: Uint8Array): string {
  if (begins(bytes, 0xff, 0xfe)) return new TextDecoder("utf-16le").decode(bytes);
  if (begins(bytes, 0xfe, 0xff)) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
