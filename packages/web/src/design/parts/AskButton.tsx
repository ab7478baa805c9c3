import { type ComponentProps, type ReactNode, useState } from "react";
import { Button, useBusy } from "./Button.tsx";
import { Confirm } from "./Confirm.tsx";

interface Props extends Omit<ComponentProps<typeof Button>, "onClick" | "busy"> {
  /** What is asked before; `null`: nothing need be, and one press does it. */
  ask: Omit<ComponentProps<typeof Confirm>, "onConfirm" | "onCancel" | "children"> | null;
  /** More in the question. */
  inQuestion?: ReactNode;
  /** Busy until it is done. */
  onAct(): unknown;
}

/** A button whose act is hard to undo: it asks first, keeps the focus, and is busy while it is done. */
export function AskButton({ ask, inQuestion, onAct, ...button }: Props) {
  const [asked, setAsked] = useState<Props["ask"]>(null);
  const [busy, working] = useBusy();
  // Whoever is being asked is let answer, also where it need not be asked any more.
  const question = asked && (ask ?? asked);
  return (
    <>
      <Button {...button} busy={busy} onClick={() => (ask ? setAsked(ask) : onAct())} />
      {question ? (
        <Confirm
          {...question}
          onConfirm={() => {
            setAsked(null);
            working(Promise.resolve(onAct()));
          }}
          onCancel={() => setAsked(null)}
        >
          {inQuestion}
        </Confirm>
      ) : null}
    </>
  );
}
