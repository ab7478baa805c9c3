import { type MeetingState, mayEnter, type Seat, type SeatId } from "@raadhuis/meeting";
import { useState } from "react";
import { Confirm } from "../../../../design/parts/Confirm.tsx";
import { CheckField } from "../../../../design/parts/Field.tsx";
import { useWords } from "../../../words.ts";
import { useMeeting } from "../context.ts";
import { Who } from "../Who.tsx";

/** Those who must wait outside once the doors are closed, unless they are let stay by name. */
export function outsiders(state: MeetingState): Seat[] {
  const behind: MeetingState = { ...state, epoch: { ...state.epoch, doors: "closed", admitted: [] } };
  return state.seats.filter(({ id, removed }) => !removed && !mayEnter(behind, id));
}

interface Props {
  onClose(admitted: SeatId[]): void;
  onCancel(): void;
}

/** Asks before the doors close, and who of those who do not belong to the body stays; nobody unless ticked. */
export function CloseDoors({ onClose, onCancel }: Props) {
  const { t } = useWords();
  const [staying, setStaying] = useState<ReadonlySet<SeatId>>(new Set());
  const others = useMeeting(outsiders);
  const pick = (id: SeatId, on: boolean) =>
    setStaying(new Set(on ? [...staying, id] : [...staying].filter((one) => one !== id)));
  return (
    <Confirm
      question={t("doors.close.question")}
      explanation={t("doors.close.explanation")}
      act={t("conduct.closeDoors")}
      onConfirm={() => onClose(others.map(({ id }) => id).filter((id) => staying.has(id)))}
      onCancel={onCancel}
    >
      {others.length > 0 ? (
        <fieldset className="confirm-choice">
          <legend>{t("doors.close.stay")}</legend>
          {others.map((seat) => (
            <CheckField
              key={seat.id}
              label={<Who seat={seat} />}
              data-testid="stay"
              data-seat={seat.id}
              checked={staying.has(seat.id)}
              onChange={(event) => pick(seat.id, event.target.checked)}
            />
          ))}
        </fieldset>
      ) : null}
    </Confirm>
  );
}
