import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readLink } from "./link.ts";

const secret = "aB3_dE-fGhIjKlMnOpQrStUvWxYz0123456789AbCdE";
const meeting = "k3v9x2m4qa7b8c9d";
const house = "https://raad.example";
const way = `/m/${meeting}`;
const link = `${house}${way}#${secret}`;
const half = [secret.slice(0, 20), secret.slice(20)] as const;

const right: Record<string, string> = {
  "as it was made": link,
  "a full stop behind it": `${link}.`,
  "brackets and a comma": `${link}),`,
  "in angle brackets": `${house}${way}#%3C${secret}%3E`,
  "quotes of a word processor": `${link}”`,
  "a slash before the fragment": `${house}${way}/#${secret}`,
  "the hash encoded": `${house}${way}%23${secret}`,
  "the hash encoded twice": `${house}${way}%2523${secret}`,
  "the hash lost": `${house}${way}/${secret}`,
  "the hash become a question mark": `${house}${way}?${secret}`,
  "a tracker before the fragment": `${house}${way}?utm_source=nieuwsbrief&utm_medium=email#${secret}`,
  "a tracker after the fragment": `${link}?utm_source=nieuwsbrief`,
  "another tracker after the fragment": `${link}&fbclid=IwAR0${"x".repeat(60)}`,
  "a tracker in the path": `${house}${way}&fbclid=abc#${secret}`,
  "host and path in capitals": `HTTPS://RAAD.EXAMPLE/M/${meeting.toUpperCase()}#${secret}`,
  "twice, with a space": `${link} ${link}`,
  "twice, encoded space": `${link}%20${link}`,
  "twice, nothing between": `${link}${link}`,
  "twice, the first without its secret": `${house}${way}${link}`,
  "behind another address": `${house}/${link}`,
  "a space in the middle": `${house}${way}#${half[0]} ${half[1]}`,
  "an encoded line end in the middle": `${house}${way}#${half[0]}%0D%0A${half[1]}`,
  "a soft break of mail": `${house}${way}#${half[0]}=\n${half[1]}`,
  "a soft break of mail whose line end the browser ate": `${house}${way}#${half[0]}=${half[1]}`,
  "a quoted reply": `${house}${way}#${half[0]}%0A%3E%20${half[1]}`,
  "broken in the path": `${house}/m/%0A${meeting}#${secret}`,
  "a zero-width space inside": `${house}${way}#${half[0]}%E2%80%8B${half[1]}`,
  "a zero-width space in the path": `${house}/m/%E2%80%8B${meeting}#${secret}`,
  "the greeting behind it": `${link}%20Met%20vriendelijke%20groet`,
  "a percent sign behind it": `${link}%`,
  "slashes doubled": `${house}//m//${meeting}#${secret}`,
};

for (const [name, href] of Object.entries(right))
  test(`a personal link is put right: ${name}`, () => assert.deepEqual(readLink(href), { path: way, secret }));

test("links of the office are put right as well", () => {
  for (const path of ["/office/setup", "/office/sign-in"])
    for (const href of [
      `${house}${path}#${secret}`,
      `${house}${path}%23${secret}.`,
      `${house}${path.toUpperCase()}/#${secret}`,
    ])
      assert.deepEqual(readLink(href), { path, secret }, href);
});

test("what is cut off opens nothing, and says nothing of what is left", () => {
  for (const fragment of [
    "",
    "#",
    "#100%",
    "#main",
    `#${secret.slice(0, 42)}`,
    "#%",
    "#%E0%A4%A",
    `#&fbclid=${"x".repeat(60)}`,
  ])
    assert.deepEqual(readLink(house + way + fragment), { path: way, secret: null }, fragment);
});

test("a sentence's marks behind any other page are taken away, and nothing else is touched", () => {
  assert.deepEqual(readLink(`${house}/office.`), { path: "/office", secret: null });
  assert.deepEqual(readLink(`${house}/office/people).`), { path: "/office/people", secret: null });
  assert.deepEqual(readLink(`${house}${way}/abcdefgh23456789,`), { path: `${way}/abcdefgh23456789`, secret: null });
  for (const path of [
    "/",
    "/office",
    "/office/meetings/new",
    `${way}/abcdefgh23456789`,
    "/office#main",
    "/%",
    "//evil.example.",
    "/office?x=1.",
  ])
    assert.equal(readLink(house + path), null, path);
});

test("whatever stands in the address, reading it never throws and leads to a page of this house", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("%", "%23", "#", "/m/", meeting, secret, "//", "https://", "\\", "=\n"),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const read = readLink(`${house}/${pieces.join("")}`);
      if (read) assert.equal(new URL(read.path, house).origin, house);
      if (read?.secret) assert.match(read.secret, /^[\w-]{43}$/);
    }),
  );
});
