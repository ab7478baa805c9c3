import assert from "node:assert/strict";
import { test } from "node:test";
import i18next from "i18next";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { initReactI18next } from "react-i18next";
import { useForm } from "./useForm.ts";

test("only a field that holds text is given to a control of text", () => {
  function Form() {
    const form = useForm<{ title: string; start: { wall: string } }>({
      start: { title: "Raad", start: { wall: "20:00" } },
      check: () => ({}),
      send: async () => null,
    });
    assert.equal(form.field("title", "Titel").value, "Raad");
    // @ts-expect-error It would stand there as [object Object].
    form.field("start", "Begint");
    assert.equal(form.errorOf("start", "Begint"), null);
    return null;
  }
  void i18next.use(initReactI18next).init({ lng: "nl", initAsync: false });
  renderToStaticMarkup(createElement(Form));
});
