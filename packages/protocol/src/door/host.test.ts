import assert from "node:assert/strict";
import { test } from "node:test";
import { namesOneHost } from "./host.ts";

const request = (url: string, hosts: string[], httpVersion = "1.1") => ({
  url,
  httpVersion,
  rawHeaders: ["Accept", "Host", ...hosts.flatMap((host) => ["hOsT", host]), "X-Host", "other.example"],
});

test("a request for one host says so once, also with an absolute address", () => {
  assert.ok(namesOneHost(request("/", ["raad.example"])));
  assert.ok(namesOneHost(request("*", ["raad.example"])));
  assert.ok(namesOneHost(request("/a?b=http://other.example/", ["raad.example"])));
  assert.ok(namesOneHost(request("http://Raad.example:8080/a", ["raad.example:8080"])));
  assert.ok(namesOneHost(request("/", [], "1.0")));
});

test("several hosts, another in the address, or none at all is no request for one host", () => {
  for (const hosts of [[], ["raad.example", "raad.example"], ["raad.example", "evil.example"]])
    assert.ok(!namesOneHost(request("/", hosts)), hosts.join());
  for (const url of ["http://evil.example/", "https://evil.example", "ws://raad.example@evil.example/", "http://?x"])
    assert.ok(!namesOneHost(request(url, ["raad.example"])), url);
  assert.ok(!namesOneHost(request("http://evil.example/", [], "1.0")));
});
