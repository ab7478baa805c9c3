import { formOf, type MeetingState, seatOf } from "@raadhuis/meeting";
import { Icon } from "../../../../design/parts/Icon.tsx";
import { useWords } from "../../../../i18n/hooks.ts";
import { useWho } from "../Who.tsx";

/** Doors, air, and that the meeting is suspended: always in sight, in words and not by colour alone. */
export function DoorsAndAir({ state }: { state: MeetingState }) {
  const { t } = useWords();
  const { doors, onAir } = state.epoch;
  if (state.phase === "ended") return null;
  return (
    <>
      <span
        className={doors === "closed" ? "badge badge--strong" : "badge"}
        data-testid="doors"
        data-doors={doors}
        role="status"
      >
        <Icon name={doors === "closed" ? "doorClosed" : "doorOpen"} />
        {t(formOf(state).doors ? `doors.${doors}` : `kind.${state.kind}`)}
      </span>
      <span className={onAir ? "badge badge--air" : "badge"} data-testid="on-air" data-on-air={onAir} role="status">
        <Icon name="air" />
        {t(onAir ? "air.on" : "air.off")}
      </span>
      <span data-testid="suspended" data-suspended={state.phase === "suspended"} role="status">
        {state.phase === "suspended" ? (
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
export function PresentItem({ state }: { state: MeetingState }) {
  const { t } = useWords();
  const index = state.agenda.findIndex(({ id }) => id === state.item);
  const item = state.agenda[index];
  return (
    <p className="present-item" data-testid="item" data-item={state.item ?? ""} role="status">
      <span className="visually-hidden">{t("item.present")}</span>
      {item && state.phase !== "ended" ? (
        <>
          {index + 1}. <bdi>{item.title ?? t("item.erased")}</bdi>
        </>
      ) : (
        t(`phase.${state.phase}`)
      )}
    </p>
  );
}

export function FloorHolder({ state }: { state: MeetingState }) {
  const { t } = useWords();
  const who = useWho();
  const { holder } = state.floor;
  const seat = holder ? seatOf(state, holder) : undefined;
  return (
    <p className="floor-holder" data-testid="floor" data-seat={holder ?? ""} role="status">
      {seat ? t("floor.held", { who: who(seat) }) : state.phase === "ended" ? null : t("floor.free")}
    </p>
  );
}
