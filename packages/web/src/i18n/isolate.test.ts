import assert from "node:assert/strict";
import { test } from "node:test";
import i18next from "i18next";
import { interpolation, isolate, joined } from "./isolate.ts";

const isolated = (words: string) => `\u2068${words}\u2069`;
const names = ["يوسف العلي", "דוד כהן", "Partij يوسف"];

test("a name that is written from right to left does not turn the words beside it", () => {
  const { t } = i18next.createInstance(
    {
      lng: "nl",
      interpolation,
      keySeparator: false,
      nsSeparator: false,
      resources: { nl: { translation: { "item.n": "{{number}}. {{title}} ({{who}})" } } },
      initAsync: false,
    },
    () => undefined,
  );
  for (const name of names) {
    assert.equal(isolate(name), isolated(name));
    assert.equal(joined([name, "Raadslid", null, "D66"]), `${isolated(name)} · Raadslid · D66`);
    assert.equal(t("item.n", { number: 2, title: name, who: "A & <B>" }), `2. ${isolated(name)} (A & <B>)`);
  }
});

test("a name that turns nothing is shown and copied as it is", () => {
  for (const name of ["Anne-Fleur O’Neill", "Ștefan Ωmega", "王小明", "Zoë 🏳️‍🌈"]) assert.equal(isolate(name), name);
});
