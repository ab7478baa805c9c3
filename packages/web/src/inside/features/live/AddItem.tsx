import { ItemId } from "@raadhuis/meeting";
import { useState } from "react";
import { Button } from "../../../design/parts/Button.tsx";
import { TextField } from "../../../design/parts/Field.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import type { Act } from "../meeting/hooks.ts";
import { newId } from "./ids.ts";

/** One more item, at the end of the agenda. */
export function AddItem({ act }: { act: Act }) {
  const { t } = useWords();
  const [title, setTitle] = useState("");
  return (
    <form
      className="fields panel"
      onSubmit={(event) => {
        event.preventDefault();
        void act({ type: "addItem", item: ItemId.parse(newId()), title }).then((done) => done && setTitle(""));
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
