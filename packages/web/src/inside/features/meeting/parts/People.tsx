import { type MeetingState, type Seat, seatOf } from "@raadhuis/meeting";
import type { ReactNode } from "react";
import { Button } from "../../../../design/parts/Button.tsx";
import { useFocusKept } from "../../../../design/useFocusKept.ts";
import { useWords } from "../../../../i18n/hooks.ts";
import type { Act } from "../hooks.ts";
import { presenceOf } from "../presence.ts";
import { useWho, Who } from "../Who.tsx";
import { FloorButton } from "./FloorButton.tsx";
import { ReadmitButton, RemoveButton } from "./SeatButtons.tsx";

interface Props {
  state: MeetingState;
  /** For those who conduct. */
  act?: Act | undefined;
  /** One's own seat: nobody removes themselves. */
  self?: string;
  /** More buttons in a row, as the office has. */
  more?: (seat: Seat) => ReactNode;
  /** Readmits where a new link can be made as well, as the office can; elsewhere one is told to ask for it there. */
  readmit?: (seat: Seat) => unknown;
}

/** Raised hands in their order, then everybody: who is in, who has left, who is not in yet, who was removed. */
export function People({ state, act, self, more, readmit }: Props) {
  const { t } = useWords();
  const who = useWho();
  const [queueKept, peopleKept] = [useFocusKept(), useFocusKept()];
  const queue = state.floor.queue.map((id) => seatOf(state, id)).filter((seat) => seat !== undefined);
  return (
    <>
      <section className="panel" aria-labelledby="queue-title" hidden={state.phase === "ended"} {...queueKept.part}>
        <h2 id="queue-title" {...queueKept.heading}>
          {t("queue.title")}
        </h2>
        {queue.length === 0 ? <p className="muted">{t("queue.empty")}</p> : null}
        <ol className="people" aria-live="polite">
          {queue.map((seat) => (
            <li key={seat.id} data-testid="queued" data-seat={seat.id}>
              <Who seat={seat} />
              {seat.present ? null : <span className="person-state">{t(`presence.${presenceOf(state, seat)}`)}</span>}
              {act ? (
                <span className="row row--tight">
                  <FloorButton state={state} seat={seat} act={act} />
                  <Button
                    small
                    data-testid="lower-hand"
                    aria-label={t("queue.lowerNamed", { who: who(seat) })}
                    onClick={() => act({ type: "lowerHand", seat: seat.id })}
                  >
                    {t("queue.lower")}
                  </Button>
                </span>
              ) : null}
            </li>
          ))}
        </ol>
      </section>
      <section className="panel" aria-labelledby="people-title" {...peopleKept.part}>
        <h2 id="people-title" {...peopleKept.heading}>
          {t("people.title", { present: state.seats.filter(({ present }) => present).length, of: state.seats.length })}
        </h2>
        <ul className="people">
          {[...state.seats].sort(presentFirst).map((seat) => (
            <li
              key={seat.id}
              data-testid="person"
              data-seat={seat.id}
              data-present={seat.present}
              data-removed={seat.removed}
            >
              <Who seat={seat} />
              <span className="person-state">
                {state.phase === "ended" ? null : t(`presence.${presenceOf(state, seat)}`)}
              </span>
              <span className="row row--tight">
                {act && !seat.removed ? <FloorButton state={state} seat={seat} act={act} /> : null}
                {act && !seat.removed && seat.id !== self ? <RemoveButton seat={seat} act={act} /> : null}
                {act && seat.removed ? <ReadmitButton seat={seat} act={act} readmit={readmit} /> : null}
                {more?.(seat)}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

const presentFirst = (one: Seat, other: Seat) =>
  Number(one.removed) - Number(other.removed) || Number(other.present) - Number(one.present);
