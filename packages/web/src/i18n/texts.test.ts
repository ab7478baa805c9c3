import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inside } from "../inside/texts.ts";
import { outside } from "../outside/texts.ts";
import { type Language, languages, preferred } from "./language.ts";
import type { Texts } from "./words.ts";

const bundles = { inside, outside } satisfies Record<string, Texts>;
const source = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(source, file), "utf8");

/** What of the pages' code is in a bundle, or is one's own texts. */
const filesOf = (bundle: string, name: string) =>
  globSync([`${bundle}/**/${name}`, `{design,i18n}/**/${name}`], { cwd: source });
const isCode = (file: string) => !/\.test\.tsx?$/.test(file) && !file.endsWith("/texts.ts");

/** A key that is put together, or the type of such keys, as a pattern: a star is what is put in. */
const starred = (template: string) => template.replace(/\$\{[^{}]*\}/g, "*");
/** `role.*` and `phase.*` are of two families, `doors.*` and `doors.close.*` as well. */
const isOf = (template: string, family: string) =>
  new RegExp(`^${family.replaceAll(".", "\\.").replaceAll("*", "[\\w*-]+")}$`).test(template);

/** Texts that are named by a code, held by their type to those codes that there are: no others, and all of them. */
function familiesIn(text: string): { pattern: string; keys: string[] }[] {
  return text.split(/^(?=(?:export )?const )/m).flatMap((part) => {
    const [, type] = /satisfies Record<\s*`([^`]+)`/.exec(part) ?? [];
    return type === undefined ? [] : [{ pattern: starred(type), keys: keysIn(part) }];
  });
}
const keysIn = (text: string) => [...text.matchAll(/^ {2}"([^"]+)":/gm)].map(([, key = ""]) => key);

/** Of one for one and one for several, the part that code names. */
const named = (key: string) => key.replace(/_(one|other)$/, "");

for (const [bundle, texts] of Object.entries<Texts>(bundles)) {
  const code = filesOf(bundle, "*.{ts,tsx}").filter(isCode).map(read);
  const texted = filesOf(bundle, "texts.ts").map(read);
  const families = texted.flatMap(familiesIn);
  const byCode = new Set(families.flatMap(({ keys }) => keys));
  const templates = code.flatMap((text) =>
    [...text.matchAll(/`([^`\n]+)`/g)].map(([, template = ""]) => starred(template)),
  );
  const literals = new Set(
    code.flatMap((text) => [...text.matchAll(/"([\w.-]+)"/g)].map(([, literal = ""]) => literal)),
  );

  test(`the ${bundle} pages name every text that they have`, () => {
    assert.ok(byCode.size > 10 && literals.size > 50, "the search finds what is named at all");
    const unused = Object.keys(texts).filter((key) => !literals.has(named(key)) && !byCode.has(key));
    assert.deepEqual(unused, []);
  });

  test(`the ${bundle} pages name every family of texts that they have`, () => {
    const unused = families.filter(({ pattern }) => !templates.some((template) => isOf(template, pattern)));
    assert.deepEqual(unused, []);
  });

  test(`the ${bundle} pages have every text that stands beside them, and no two of one key`, () => {
    const keys = texted.flatMap(keysIn);
    assert.deepEqual(keys.toSorted(), Object.keys(texts).toSorted());
  });

  test(`the ${bundle} pages say something in every language, with the same values in it`, () => {
    const values = (words: string) => [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, value]) => value).sort();
    for (const [key, said] of Object.entries(texts))
      for (const language of languages) {
        assert.ok(said[language].trim() !== "", `${language} ${key}`);
        assert.deepEqual(values(said[language]), values(said.en), `${language} ${key}`);
      }
  });
}

test("the gallery's pages have no words of the chamber's or the office's", () => {
  const files = globSync("{outside,design,i18n}/**/*.{ts,tsx}", { cwd: source }).filter(
    (file) => !/\.test\.tsx?$/.test(file),
  );
  assert.ok(files.length > 30);
  assert.deepEqual(
    files.filter((file) => /from "[^"]*\/inside\//.test(read(file))),
    [],
  );
});

/** What closing is said of: doors, and in passing pages, programs and quotation marks. Whatever else is near is no act. */
const CLOSED = { nl: /\b(gesloten|sluit|sluiten)\b/i, en: /\b(closed?|closes|closing)\b(?! to)/i };
const CLOSES = { nl: /deur|pagina|programma|aanhalingsteken/i, en: /door|page|program|quotation mark/i };

for (const language of languages) {
  test(`only doors are closed in ${language}: a meeting has ended, or is private`, () => {
    const texts = Object.entries<Texts>(bundles).flatMap(([, texts]) => Object.entries(texts));
    const closed = texts
      .map(([key, said]) => [key, said[language]] as const)
      .filter(([, words]) => CLOSED[language].test(words));
    assert.ok(closed.length > 3, "the search finds doors at all");
    assert.deepEqual(
      closed.filter(([, words]) => !CLOSES[language].test(words)),
      [],
    );
  });
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
