import { useState } from "react";
import { Button } from "../../../design/parts/Button.tsx";
import { TextArea } from "../../../design/parts/Field.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import { inside } from "../../../i18n/inside.ts";
import { type PastedPerson, peopleOf, roleWords } from "./paste.ts";

const words = roleWords([inside.nl, inside.en]);

/** A whole list at once, from a document or a spreadsheet. */
export function PasteForm({ onSubmit }: { onSubmit(people: PastedPerson[]): Promise<boolean> }) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const people = peopleOf(text, words);
  return (
    <form
      className="stack stack--tight"
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit(people).then((done) => done && setText(""));
      }}
    >
      <TextArea
        label={t("people.pasteLabel")}
        hint={t("people.pasteHint")}
        rows={4}
        data-testid="paste-list"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="row">
        <Button type="submit" disabled={people.length === 0} data-testid="paste-add">
          {t("people.pasteSubmit", { count: people.length })}
        </Button>
      </div>
    </form>
  );
}
