import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Role, refusalCodes } from "@raadhuis/meeting";
import { errorCodes, SessionEnd, TrailKind } from "@raadhuis/protocol/http";
import { Health, Line, ServerMessage } from "@raadhuis/protocol/socket";
import { reasons } from "../inside/features/access/words.ts";
import { inside } from "./inside.ts";
import { type Language, languages, preferred, type Texts } from "./language.ts";
import { outside } from "./outside.ts";

const bundles = { inside, outside } satisfies Record<string, Texts>;
const source = join(import.meta.dirname, "..");

/** A key as the code names it stands in the texts as it is, or with the endings for one and for several. */
const has = (texts: Record<string, string>, key: string) =>
  key in texts || (`${key}_one` in texts && `${key}_other` in texts);

for (const [name, texts] of Object.entries(bundles)) {
  test(`the ${name} pages have the same keys in every language, none without words`, () => {
    assert.deepEqual(Object.keys(texts.nl).sort(), Object.keys(texts.en).sort());
    for (const language of languages)
      for (const [key, words] of Object.entries(texts[language])) assert.ok(words.trim() !== "", `${language} ${key}`);
  });

  test(`the ${name} pages put the same values into a text in every language`, () => {
    const values = (words = "") => [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, value]) => value).sort();
    for (const key of Object.keys(texts.nl)) assert.deepEqual(values(texts.nl[key]), values(texts.en[key]), key);
  });

  test(`every text that a component of the ${name} pages names is there`, () => {
    const files = globSync([`${name}/**/*.tsx`, `${name}/**/*.ts`, "design/**/*.tsx"], { cwd: source });
    const named = files.flatMap((file) => {
      const code = readFileSync(join(source, file), "utf8");
      const texts = [...code.matchAll(/\bt\(\s*"([^"]+)"/g)].map(([, key]) => ({ file, key }));
      const notices = [...code.matchAll(/<Notice code="([^"]+)"/g)].map(([, key]) => ({
        file,
        key: `notice.${key}.title`,
      }));
      const pages = [...(/const pages = \[([^\]]*)\]/.exec(code)?.[1] ?? "").matchAll(/"([^"]+)"/g)];
      const ofPages = pages.flatMap(([, page]) =>
        ["title", "text"].map((part) => ({ file, key: `notice.${page}.${part}` })),
      );
      return [...texts, ...notices, ...ofPages];
    });
    assert.ok(named.length > 15, "the search finds texts at all");
    const missing = named.filter(({ key = "" }) => !has(texts.en, key));
    assert.deepEqual(missing, []);
  });
}

/** What closing is said of: doors, and in passing pages, programs and quotation marks. Whatever else is near is no act. */
const CLOSED = { nl: /\b(gesloten|sluit|sluiten)\b/i, en: /\b(closed?|closes|closing)\b(?! to)/i };
const CLOSES = { nl: /deur|pagina|programma|aanhalingsteken/i, en: /door|page|program|quotation mark/i };

for (const language of languages) {
  test(`only doors are closed in ${language}: a meeting has ended, or is private`, () => {
    const texts = Object.values(bundles).flatMap((texts) => Object.entries(texts[language]));
    const closed = texts.filter(([, words]) => CLOSED[language].test(words));
    assert.ok(closed.length > 3, "the search finds doors at all");
    assert.deepEqual(
      closed.filter(([, words]) => !CLOSES[language].test(words)),
      [],
    );
  });

  test(`every error and refusal has words in ${language}`, () => {
    const missing = [...errorCodes, ...refusalCodes].filter((code) => !(`error.${code}` in inside[language]));
    assert.deepEqual(missing, []);
  });

  test(`every role, health and reason for being out has words in ${language}`, () => {
    assert.deepEqual(
      wantedWords().filter((key) => !(key in inside[language])),
      [],
    );
    const roles = Role.options.filter((role) => !(`role.${role}` in outside[language]));
    assert.deepEqual(roles, []);
  });
}

function wantedWords(): string[] {
  const health = [Health.shape.media, Health.shape.stream, Health.shape.recording, Health.shape.storage];
  const out = ServerMessage.options.find((option) => option.shape.type.value === "out");
  assert.ok(out && "code" in out.shape && "options" in out.shape.code);
  return [
    ...Role.options.map((role) => `role.${role}`),
    ...Line.shape.code.options,
    ...health.flatMap((part) => part.shape.code.options.map((code) => `health.${code}`)),
    ...out.shape.code.options.flatMap((code) => [`notice.${code}.title`, `notice.${code}.text`]),
    ...trailWords(),
    ...["missing", "too-long", "too-short", "odd", "address", "refused", "refused-line"].map(
      (fault) => `form.${fault}`,
    ),
    ...["refused", "in-use", "missing", "insecure", "failed"].flatMap((problem) => [
      `media.camera.${problem}`,
      `media.microphone.${problem}`,
    ]),
  ];
}

/** Each kind of entry as it can turn out, and why. */
function trailWords(): string[] {
  const outcomes = (kind: TrailKind) => {
    if (kind.endsWith("session-ended")) return ["ended"];
    return [
      "house.zone-changed",
      "house.identifier-changed",
      "office.link-made",
      "office.sign-out",
      "seat.link-made",
    ].includes(kind)
      ? ["done"]
      : ["done", "failed"];
  };
  return [
    ...TrailKind.options.flatMap((kind) => outcomes(kind).map((outcome) => `access.${kind}.${outcome}`)),
    ...[...SessionEnd.options, ...reasons].map((reason) => `access.why.${reason}`),
  ];
}

test("a reader gets the first of their languages that the house speaks, else English", () => {
  const cases: [string[], Language][] = [
    [["nl-BE", "fr"], "nl"],
    [["fr", "nl"], "nl"],
    [["en-US", "nl"], "en"],
    [["pl"], "en"],
    [[], "en"],
  ];
  for (const [wanted, language] of cases) assert.equal(preferred(wanted), language);
});
