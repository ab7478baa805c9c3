import { type MeetingState, type Seat, speaks } from "@raadhuis/meeting";
import { Button } from "../../../../design/parts/Button.tsx";
import { useWords } from "../../../../i18n/hooks.ts";
import type { Act } from "../hooks.ts";

/** Gives the floor to one who is in, or takes it back. */
export function FloorButton({ state, seat, act }: { state: MeetingState; seat: Seat; act: Act }) {
  const { t } = useWords();
  if (state.floor.holder === seat.id)
    return (
      <Button small data-testid="take-floor" onClick={() => act({ type: "takeFloor", seat: seat.id })}>
        {t("floor.take")}
      </Button>
    );
  if (state.phase !== "open" || !seat.present || !speaks(seat.role)) return null;
  return (
    <Button small data-testid="give-floor" onClick={() => act({ type: "giveFloor", seat: seat.id })}>
      {t("floor.give")}
    </Button>
  );
}
