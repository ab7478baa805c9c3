import type { SeatId } from "@raadhuis/meeting";
import { useWords } from "../../words.ts";
import { useKnown } from "../meeting/context.ts";

/** How good somebody's line is: a light, and the same in words. */
export function SeatLine({ seat }: { seat: SeatId }) {
  const { t } = useWords();
  const line = useKnown(({ lines }) => lines.find((line) => line.seat === seat));
  if (!line) return null;
  return (
    <span
      className={line.light === "green" ? "seat-line muted" : "seat-line"}
      data-testid="line"
      data-seat={line.seat}
      data-light={line.light}
      data-code={line.code}
    >
      <span className="light" data-light={line.light} aria-hidden="true" />
      {t(line.code)}
    </span>
  );
}
