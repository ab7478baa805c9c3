import assert from "node:assert/strict";
import { test } from "node:test";
import { routes, sockets } from "@raadhuis/protocol/http";
import { Validator } from "@seriousme/openapi-schema-validator";
import { openApiOf } from "./openapi.ts";

const described = openApiOf({ ...routes, sockets }, "https://raad.example");

test("the API's description is an OpenAPI of 3.1", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone({ ...described }));
  assert.ok(valid, JSON.stringify(errors));
  assert.equal(validator.version, "3.1");
});

test("it has every route, with who may ask and why one is refused", () => {
  const all = [...Object.values(routes).flatMap((group) => Object.values(group)), ...Object.values(sockets)];
  const operations = Object.values(described.paths ?? {}).flatMap((path) => Object.keys(path));
  assert.equal(operations.length, all.length);
  const change = described.paths?.["/api/office/people/{person}"]?.put;
  assert.deepEqual(change?.security, [{ clerk: [] }]);
  assert.deepEqual(
    change?.parameters?.map((parameter) => "name" in parameter && parameter.name),
    ["person"],
  );
  assert.match(change?.responses?.["409"]?.description, /`person.name-taken`/);
  assert.match(change?.responses?.["401"]?.description, /`office.no-session`/);
});
