import { type SeatId, seatOf } from "@raadhuis/meeting";
import { Button } from "../../../../design/parts/Button.tsx";
import { useFocusKept } from "../../../../design/useFocusKept.ts";
import { useWords } from "../../../words.ts";
import { useActs, useConducts, useMeeting } from "../context.ts";
import { presenceOf } from "../presence.ts";
import section from "../section.module.css";
import { useWho, Who } from "../Who.tsx";
import { FloorButton } from "./FloorButton.tsx";
import styles from "./People.module.css";

/** Raised hands in their order. */
export function Queue() {
  const { t } = useWords();
  const kept = useFocusKept();
  const hasEnded = useMeeting(({ phase }) => phase === "ended");
  const queue = useMeeting(({ floor }) => floor.queue);
  return (
    <section className={section.section} aria-labelledby="queue-title" hidden={hasEnded} {...kept.part}>
      <h2 id="queue-title" {...kept.heading}>
        {t("queue.title")}
      </h2>
      {queue.length === 0 ? <p className="muted">{t("queue.empty")}</p> : null}
      <ol className={styles.people} aria-live="polite">
        {queue.map((id) => (
          <Hand key={id} id={id} />
        ))}
      </ol>
    </section>
  );
}

function Hand({ id }: { id: SeatId }) {
  const { t } = useWords();
  const who = useWho();
  const { act } = useActs();
  const conducts = useConducts();
  const seat = useMeeting((state) => seatOf(state, id));
  const presence = useMeeting((state) => (seat ? presenceOf(state, seat) : null));
  if (!seat) return null;
  return (
    <li className={styles.person} data-testid="queued" data-seat={id}>
      <Who seat={seat} />
      {seat.present || !presence ? null : <span className={styles.state}>{t(`presence.${presence}`)}</span>}
      {conducts ? (
        <span className={`row row--tight ${styles.acts}`}>
          <FloorButton seat={seat} />
          <Button
            small
            data-testid="lower-hand"
            aria-label={t("queue.lowerNamed", { who: who(seat) })}
            onClick={() => act({ type: "lowerHand", seat: id })}
          >
            {t("queue.lower")}
          </Button>
        </span>
      ) : null}
    </li>
  );
}
