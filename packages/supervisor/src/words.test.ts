import assert from "node:assert/strict";
import { test } from "node:test";
import { settingsOf } from "@raadhuis/protocol/settings";
import { asJson, inWords } from "./words.ts";

const read = settingsOf({});
assert.ok("settings" in read);
const { settings } = read;
const empty = { setUpLink: "http://localhost:8080/office/setup#s", media: ["192.0.2.7"], demo: null };
const demo = {
  meeting: "abcdefgh",
  office: "http://localhost:8080/office/sign-in#o",
  chair: "http://localhost:8080/m/abcdefgh#1",
  clerk: "http://localhost:8080/m/abcdefgh#2",
  members: ["http://localhost:8080/m/abcdefgh#3"],
  citizen: "http://localhost:8080/m/abcdefgh#4",
  all: [
    { name: "An de Boer", role: "chair" as const, link: "http://localhost:8080/m/abcdefgh#1", synthetic: false },
    { name: "Bo Synth", role: "member" as const, link: "http://localhost:8080/m/abcdefgh#9", synthetic: true },
  ],
};

test("an empty house says in one line of JSON where it stands and how to set it up", () => {
  const line = asJson(settings, empty);
  assert.ok(!line.includes("\n"));
  assert.deepEqual(JSON.parse(line), {
    ready: true,
    meeting: null,
    home: "http://localhost:8080/",
    office: empty.setUpLink,
    gallery: "http://127.0.0.1:8081/",
    chair: null,
    clerk: null,
    members: [],
    citizen: null,
  });
});

test("a demo names everybody's link", () => {
  const { all, ...links } = demo;
  const { ready, home, gallery, ...told } = JSON.parse(asJson(settings, { ...empty, setUpLink: null, demo }));
  assert.deepEqual(told, links);
  const words = inWords(settings, { ...empty, demo });
  assert.ok(words.includes(`${all[0]?.name}  chair`));
  assert.ok(words.indexOf("Open this first") < words.indexOf("/meeting/abcdefgh"));
  assert.match(words, /Synthetic people have the seats of Bo Synth\./);
  assert.ok(!words.includes("abcdefgh#9"), "the link of a seat that is taken");
});

test("a person reads the addresses, the set-up link and where media goes", () => {
  const words = inWords(settings, empty);
  for (const part of [
    "http://localhost:8080/",
    empty.setUpLink,
    "http://127.0.0.1:8081/",
    "192.0.2.7",
    "8082",
    "within an hour",
  ])
    assert.ok(words.includes(part), part);
});
