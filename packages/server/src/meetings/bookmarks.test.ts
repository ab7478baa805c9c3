import assert from "node:assert/strict";
import { test } from "node:test";
import { Bookmarks } from "./bookmarks.ts";

test("a bookmark is read by its owner's meeting and page alone, and by the server that wrote it", () => {
  const bookmarks = new Bookmarks();
  const bookmark = bookmarks.seal(123_456_789_012, "meeting seat:anna");
  assert.equal(bookmarks.open(bookmark, "meeting seat:anna"), 123_456_789_012);
  assert.equal(bookmarks.open(bookmark, "meeting seat:bram"), undefined);
  assert.equal(new Bookmarks().open(bookmark, "meeting seat:anna"), undefined);
  for (const other of [
    "",
    "x",
    bookmark.slice(1),
    `${bookmark}AA`,
    bookmark.replace(/^./, (letter) => (letter === "A" ? "B" : "A")),
  ])
    assert.equal(bookmarks.open(other, "meeting seat:anna"), undefined);
});

test("the same place in the record is another word each time, of one length, and tells nothing of its number", () => {
  const bookmarks = new Bookmarks();
  const [one, again, far] = [bookmarks.seal(1, "a"), bookmarks.seal(1, "a"), bookmarks.seal(2 ** 40, "a")];
  assert.notEqual(one, again);
  assert.equal(one.length, far.length);
});
