import { formOf, seatOf } from "@raadhuis/meeting";
import { Icon } from "../../../../design/parts/Icon.tsx";
import { useWords } from "../../../words.ts";
import { useMeeting } from "../context.ts";
import { useWho } from "../Who.tsx";
import styles from "./Status.module.css";

/** Doors, air, and that the meeting is suspended: always in sight, in words and not by colour alone. */
export function DoorsAndAir() {
  const { t } = useWords();
  const { phase, kind, epoch } = useMeeting(({ phase, kind, epoch }) => ({ phase, kind, epoch }));
  const { doors, onAir } = epoch;
  if (phase === "ended") return null;
  return (
    <>
      <span
        className={doors === "closed" ? "badge badge--strong" : "badge"}
        data-testid="doors"
        data-doors={doors}
        role="status"
      >
        <Icon name={doors === "closed" ? "doorClosed" : "doorOpen"} />
        {t(formOf({ kind }).doors ? `doors.${doors}` : `kind.${kind}`)}
      </span>
      <span className={onAir ? "badge badge--air" : "badge"} data-testid="on-air" data-on-air={onAir} role="status">
        <Icon name="air" />
        {t(onAir ? "air.on" : "air.off")}
      </span>
      <span data-testid="suspended" data-suspended={phase === "suspended"} role="status">
        {phase === "suspended" ? (
          <span className="badge badge--strong">
            <Icon name="pause" />
            {t("bar.suspended")}
          </span>
        ) : null}
      </span>
    </>
  );
}

/** The item under discussion, with its number on the agenda. */
export function PresentItem() {
  const { t } = useWords();
  const { agenda, item: present, phase } = useMeeting(({ agenda, item, phase }) => ({ agenda, item, phase }));
  const index = agenda.findIndex(({ id }) => id === present);
  const item = agenda[index];
  return (
    <p className={styles.item} data-testid="item" data-item={present ?? ""} role="status">
      <span className="visually-hidden">{t("item.present")}</span>
      {item && phase !== "ended" ? (
        <>
          {index + 1}. <bdi>{item.title ?? t("item.erased")}</bdi>
        </>
      ) : (
        t(`phase.${phase}`)
      )}
    </p>
  );
}

export function FloorHolder() {
  const { t } = useWords();
  const who = useWho();
  const hasEnded = useMeeting(({ phase }) => phase === "ended");
  const seat = useMeeting((state) => (state.floor.holder ? seatOf(state, state.floor.holder) : undefined));
  return (
    <p className={styles.floor} data-testid="floor" data-seat={seat?.id ?? ""} role="status">
      {seat ? t("floor.held", { who: who(seat) }) : hasEnded ? null : t("floor.free")}
    </p>
  );
}
