import { type MeetingState, type Seat, type SeatId, seatOf } from "@raadhuis/meeting";
import { type ReactNode, useState } from "react";
import { Button } from "../../../../design/parts/Button.tsx";
import { Confirm } from "../../../../design/parts/Confirm.tsx";
import { useWords } from "../../../../i18n/hooks.ts";
import type { Act } from "../hooks.ts";
import { presenceOf } from "../presence.ts";
import { useWho, Who } from "../Who.tsx";
import { FloorButton } from "./FloorButton.tsx";

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
  const [removing, setRemoving] = useState<Seat | null>(null);
  const [working, setWorking] = useState<SeatId | null>(null);
  const work = (id: SeatId, done: Promise<unknown>) => {
    setWorking(id);
    void done.finally(() => setWorking(null));
  };
  const [readmitting, setReadmitting] = useState<Seat | null>(null);
  const who = useWho();
  const queue = state.floor.queue.map((id) => seatOf(state, id)).filter((seat) => seat !== undefined);
  return (
    <>
      <section className="panel" aria-labelledby="queue-title" hidden={state.phase === "closed"}>
        <h2 id="queue-title">{t("queue.title")}</h2>
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
      <section className="panel" aria-labelledby="people-title">
        <h2 id="people-title">
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
                {state.phase === "closed" ? null : t(`presence.${presenceOf(state, seat)}`)}
              </span>
              <span className="row row--tight">
                {act && !seat.removed ? <FloorButton state={state} seat={seat} act={act} /> : null}
                {act && !seat.removed && seat.id !== self ? (
                  <Button
                    small
                    kind="danger"
                    busy={working === seat.id}
                    data-testid="remove"
                    aria-label={t("people.removeNamed", { who: who(seat) })}
                    onClick={() => setRemoving(seat)}
                  >
                    {t("people.remove")}
                  </Button>
                ) : null}
                {act && seat.removed ? (
                  <Button
                    small
                    busy={working === seat.id}
                    data-testid="readmit"
                    aria-label={t("people.readmitNamed", { who: who(seat) })}
                    onClick={() => (readmit ?? setReadmitting)(seat)}
                  >
                    {t("people.readmit")}
                  </Button>
                ) : null}
                {more?.(seat)}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {removing && act ? (
        <Confirm
          question={t("people.remove.question", { who: who(removing) })}
          explanation={t("people.remove.explanation")}
          act={t("people.remove")}
          onConfirm={() => {
            setRemoving(null);
            work(removing.id, act({ type: "removeSeat", seat: removing.id }));
          }}
          onCancel={() => setRemoving(null)}
        />
      ) : null}
      {readmitting && act ? (
        <Confirm
          question={t("people.readmit.question", { who: who(readmitting) })}
          explanation={t("people.readmit.explanation")}
          act={t("people.readmit")}
          onConfirm={() => {
            setReadmitting(null);
            work(readmitting.id, act({ type: "readmitSeat", seat: readmitting.id }));
          }}
          onCancel={() => setReadmitting(null)}
        />
      ) : null}
    </>
  );
}

const presentFirst = (one: Seat, other: Seat) =>
  Number(one.removed) - Number(other.removed) || Number(other.present) - Number(one.present);
