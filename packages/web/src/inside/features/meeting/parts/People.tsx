import type { Seat } from "@raadhuis/meeting";
import { memo, type ReactNode } from "react";
import { useFocusKept } from "../../../../design/useFocusKept.ts";
import { useWords } from "../../../words.ts";
import { useConducts, useMeeting, useViewer } from "../context.ts";
import { presenceOf } from "../presence.ts";
import section from "../section.module.css";
import { Who } from "../Who.tsx";
import { FloorButton } from "./FloorButton.tsx";
import styles from "./People.module.css";
import { ReadmitButton, RemoveButton } from "./SeatButtons.tsx";

interface Props {
  /** More buttons in a row, as the office has. */
  more?: (seat: Seat) => ReactNode;
  /** Readmits where a new link can be made as well, as the office can; elsewhere one is told to ask for it there. */
  readmit?: (seat: Seat) => unknown;
}

/** Everybody: who is in, who has left, who is not in yet, who was removed. */
export function People({ more, readmit }: Props) {
  const { t } = useWords();
  const kept = useFocusKept();
  const seats = useMeeting(({ seats }) => seats);
  return (
    <section className={section.section} aria-labelledby="people-title" {...kept.part}>
      <h2 id="people-title" {...kept.heading}>
        {t("people.title", { present: seats.filter(({ present }) => present).length, of: seats.length })}
      </h2>
      <ul className={styles.people}>
        {[...seats].sort(presentFirst).map((seat) => (
          <Person key={seat.id} seat={seat} more={more} readmit={readmit} />
        ))}
      </ul>
    </section>
  );
}

type Row = { seat: Seat } & { [Prop in keyof Props]: Props[Prop] | undefined };

const Person = memo(function Person({ seat, more, readmit }: Row) {
  const { t } = useWords();
  const conducts = useConducts();
  const { seat: self } = useViewer();
  const presence = useMeeting((state) => (state.phase === "ended" ? null : presenceOf(state, seat)));
  return (
    <li
      className={styles.person}
      data-testid="person"
      data-seat={seat.id}
      data-present={seat.present}
      data-removed={seat.removed}
    >
      <Who seat={seat} />
      <span className={styles.state}>{presence === null ? null : t(`presence.${presence}`)}</span>
      <span className={`row row--tight ${styles.acts}`}>
        {conducts && !seat.removed ? <FloorButton seat={seat} /> : null}
        {/* Nobody removes themselves. */}
        {conducts && !seat.removed && seat.id !== self ? <RemoveButton seat={seat} /> : null}
        {conducts && seat.removed ? <ReadmitButton seat={seat} readmit={readmit} /> : null}
        {more?.(seat)}
      </span>
    </li>
  );
});

const presentFirst = (one: Seat, other: Seat) =>
  Number(one.removed) - Number(other.removed) || Number(other.present) - Number(one.present);
