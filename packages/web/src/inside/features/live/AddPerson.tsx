import { SeatId } from "@raadhuis/meeting";
import { useWords } from "../../words.ts";
import { useActs, useMeeting } from "../meeting/context.ts";
import section from "../meeting/section.module.css";
import { PersonForm } from "../people/PersonForm.tsx";
import { newId } from "./ids.ts";
import { useLinks } from "./links.ts";

/** Somebody who is not on the roster: they get a seat, and a link to it. */
export function AddPerson() {
  const { t } = useWords();
  const { ask } = useActs();
  const { renew } = useLinks();
  const meeting = useMeeting(({ id }) => id);
  return (
    <section className={section.section}>
      <h2>{t("live.addPerson")}</h2>
      <PersonForm
        prefix="extra"
        submit={t("live.addPersonSubmit")}
        draft={`${meeting}.person`}
        onSubmit={async ({ name, party, role }) => {
          const seat = SeatId.parse(newId());
          const failure = await ask({ type: "assignSeat", seat, name, party, role });
          if (failure === null) await renew(seat);
          return failure;
        }}
      />
    </section>
  );
}
