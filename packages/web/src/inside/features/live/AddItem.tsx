import { ItemId } from "@raadhuis/meeting";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../../design/parts/Button.tsx";
import { TextField } from "../../../design/parts/Field.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import { oneLine } from "../../oneLine.ts";
import type { Act } from "../meeting/hooks.ts";
import { newId } from "./ids.ts";

/** One more item, at the end of the agenda. */
export function AddItem({ act }: { act: Act }) {
  const { t } = useWords();
  const [title, setTitle] = useState("");
  /** A fresh form is not marked as wrongly filled in. */
  const [round, setRound] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (round > 0) form.current?.querySelector("input")?.focus();
  }, [round]);
  const add = async () => {
    if (!(await act({ type: "addItem", item: ItemId.parse(newId()), title: oneLine(title) }))) return;
    setTitle("");
    setRound(round + 1);
  };
  return (
    <form
      key={round}
      ref={form}
      className="fields panel"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextField
        label={t("live.item")}
        required
        maxLength={300}
        data-testid="item-title"
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <div className="row">
        <Button type="submit" data-testid="item-add">
          {t("live.itemSubmit")}
        </Button>
      </div>
    </form>
  );
}
