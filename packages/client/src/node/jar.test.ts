import assert from "node:assert/strict";
import { test } from "node:test";
import { Jar } from "./jar.ts";

const setting = (...lines: string[]) => new Headers(lines.map((line): [string, string] => ["set-cookie", line]));

test("a cookie that the house takes back is sent no more, however it says so", () => {
  for (const end of [
    "Max-Age=0",
    "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    "Max-Age=0; Expires=Fri, 31 Dec 9999 23:59:59 GMT",
  ]) {
    const jar = new Jar();
    jar.keep(setting("office=secret; Path=/api/office; Max-Age=60", "other=1; Path=/"));
    assert.equal(jar.for("/api/office/people"), "office=secret; other=1", end);
    jar.keep(setting(`office=; Path=/api/office; ${end}`));
    assert.equal(jar.for("/api/office/people"), "other=1", end);
  }
});

test("a cookie that lasts is kept, also one that says nothing of how long", () => {
  const jar = new Jar();
  jar.keep(
    setting(
      "a=1",
      "b=2; Max-Age=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
      "c=3; Expires=Fri, 31 Dec 9999 23:59:59 GMT",
    ),
  );
  assert.equal(jar.for("/"), "a=1; b=2; c=3");
});
