import { ItemId, Title } from "@raadhuis/meeting";
import { z } from "zod";
import { TextField } from "../../../design/parts/Field.tsx";
import { Form, Submit } from "../../form/Form.tsx";
import { wrongWords } from "../../form/faults.ts";
import { useForm } from "../../form/useForm.ts";
import { oneLine } from "../../oneLine.ts";
import { useWords } from "../../words.ts";
import { useActs, useMeeting } from "../meeting/context.ts";
import section from "../meeting/section.module.css";
import { useOffice } from "../office/office.ts";
import { newId } from "./ids.ts";

const shape = z.object({ title: z.string() });

/** One more item, at the end of the agenda. */
export function AddItem() {
  const { t } = useWords();
  const { ask } = useActs();
  const meeting = useMeeting(({ id }) => id);
  const { draftOf } = useOffice();
  const form = useForm({
    start: { title: "" },
    draft: { key: draftOf(`${meeting}.item`), shape },
    check: ({ title }) => ({ title: wrongWords(Title, oneLine(title), 300) }),
    send: ({ title }) => ask({ type: "addItem", item: ItemId.parse(newId()), title: oneLine(title) }),
    again: true,
  });
  return (
    <Form form={form} className={`stack stack--tight ${section.section}`}>
      <TextField aria-required data-testid="item-title" {...form.field("title", t("live.item"))} />
      <Submit form={form} label={t("live.itemSubmit")} testId="item-add" />
    </Form>
  );
}
