import { useEffect, useRef, useState } from "react";
import { Alert } from "../../../design/parts/Alert.tsx";
import { Button } from "../../../design/parts/Button.tsx";
import { TextArea } from "../../../design/parts/Field.tsx";
import { useWords } from "../../words.ts";
import { decodeFile, type FileFault } from "./list/decode.ts";
import type { ListInHand } from "./useList.ts";

/** A whole list at once: pasted from a document or a spreadsheet, or from a file. */
export function ListInput({ hand }: { hand: ListInHand }) {
  const { t } = useWords();
  const file = useRef<HTMLInputElement>(null);
  const [reading, setReading] = useState(false);
  const [fault, setFault] = useState<FileFault | null>(null);
  const open = async (chosen: File | undefined) => {
    if (!chosen) return;
    setReading(true);
    const decoded = await chosen.arrayBuffer().then(
      (bytes) => decodeFile(new Uint8Array(bytes)),
      () => ({ fault: "not-text" as const }),
    );
    setReading(false);
    if ("text" in decoded) hand.write(decoded.text);
    setFault("fault" in decoded ? decoded.fault : null);
    // The same file, saved anew, may be chosen again.
    if (file.current) file.current.value = "";
  };
  const { done } = hand;
  const field = useRef<HTMLDivElement>(null);
  // Where a file could not be read that is said here; the button that took the list in is gone with it.
  useEffect(() => {
    if (fault || done) field.current?.querySelector("textarea")?.focus();
  }, [fault, done]);
  return (
    <div className="stack stack--tight" ref={field}>
      <TextArea
        label={t("people.pasteLabel")}
        hint={t("people.pasteHint")}
        rows={6}
        wrap="off"
        data-testid="paste-list"
        value={hand.text}
        readOnly={hand.busy}
        error={fault ? t(`people.list.file.${fault}`) : null}
        onChange={(event) => {
          setFault(null);
          hand.write(event.target.value);
        }}
      />
      <div className="row">
        <input
          ref={file}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-hidden="true"
          accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
          data-testid="list-file"
          onChange={(event) => void open(event.target.files?.[0])}
        />
        <Button busy={hand.busy || reading} data-testid="list-open" onClick={() => file.current?.click()}>
          {t("people.list.file")}
        </Button>
      </div>
      <div role="status">
        {done ? (
          <div data-testid="list-done" data-added={done.added} data-changed={done.changed} data-kept={done.kept}>
            <Alert type="info">{t("people.list.done", { ...done })}</Alert>
          </div>
        ) : null}
      </div>
    </div>
  );
}
