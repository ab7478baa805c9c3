import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeFile } from "./decode.ts";

const text = "naam;partij\r\nZoë Çelik;Groen–Links\r\n";
const latin = (words: string) => Uint8Array.from([...words].map((one) => (one === "–" ? 0x96 : one.charCodeAt(0))));
const utf16 = (words: string, little: boolean) => {
  const bytes = new Uint8Array(words.length * 2);
  const view = new DataView(bytes.buffer);
  for (const [index, one] of [...words].entries()) view.setUint16(index * 2, one.charCodeAt(0), little);
  return bytes;
};

test("a file is read in the code it was saved in", () => {
  const utf8 = new TextEncoder().encode(text);
  const files = {
    "UTF-8": utf8,
    "UTF-8 with a mark": Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8),
    "Windows-1252": latin(text),
    "UTF-16, little end first": utf16(`\ufeff${text}`, true),
    "UTF-16, big end first": utf16(`\ufeff${text}`, false),
  };
  for (const [name, bytes] of Object.entries(files)) assert.deepEqual(decodeFile(bytes), { text }, name);
});

test("what is no text is told apart", () => {
  assert.deepEqual(decodeFile(latin("PK\u0003\u0004xl/workbook.xml")), { fault: "spreadsheet" });
  assert.deepEqual(decodeFile(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0)), { fault: "spreadsheet" });
  assert.deepEqual(decodeFile(latin("%PDF-1.7")), { fault: "not-text" });
  assert.deepEqual(decodeFile(Uint8Array.of(1, 0, 2)), { fault: "not-text" });
  assert.deepEqual(decodeFile(new Uint8Array(1024 * 1024 + 1)), { fault: "too-large" });
});
