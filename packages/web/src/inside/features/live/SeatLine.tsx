import type { SeatLine as Told } from "@raadhuis/protocol/socket";
import { useWords } from "../../../i18n/hooks.ts";

/** How good somebody's line is: a light, and the same in words. */
export function SeatLine({ line }: { line: Told | undefined }) {
  const { t } = useWords();
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
