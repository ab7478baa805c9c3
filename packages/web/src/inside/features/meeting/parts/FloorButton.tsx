import { type Seat, speaks } from "@raadhuis/meeting";
import { Button } from "../../../../design/parts/Button.tsx";
import { useWords } from "../../../words.ts";
import { useActs, useMeeting } from "../context.ts";

/** Gives the floor to one who is in, or takes it back. */
export function FloorButton({ seat }: { seat: Seat }) {
  const { t } = useWords();
  const { act } = useActs();
  const isOpen = useMeeting(({ phase }) => phase === "open");
  const hasFloor = useMeeting(({ floor }) => floor.holder === seat.id);
  if (hasFloor)
    return (
      <Button small data-testid="take-floor" onClick={() => act({ type: "takeFloor", seat: seat.id })}>
        {t("floor.take")}
      </Button>
    );
  if (!isOpen || !seat.present || !speaks(seat.role)) return null;
  return (
    <Button small data-testid="give-floor" onClick={() => act({ type: "giveFloor", seat: seat.id })}>
      {t("floor.give")}
    </Button>
  );
}
