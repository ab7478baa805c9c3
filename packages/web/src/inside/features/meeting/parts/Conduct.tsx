import { formOf, type ItemId, type MeetingState } from "@raadhuis/meeting";
import { useState } from "react";
import { Button, useBusy } from "../../../../design/parts/Button.tsx";
import { Confirm } from "../../../../design/parts/Confirm.tsx";
import { Problem } from "../../../../design/parts/Problem.tsx";
import { useFocusKept } from "../../../../design/useFocusKept.ts";
import { useWords } from "../../../words.ts";
import { useActs, useMeeting, useRefusal } from "../context.ts";
import section from "../section.module.css";
import { CloseDoors } from "./CloseDoors.tsx";

/** The item after the present one; the first before any; `null` at the end. */
export function nextItem({ agenda, item }: Pick<MeetingState, "agenda" | "item">): ItemId | null {
  const present = agenda.findIndex(({ id }) => id === item);
  return agenda[present + 1]?.id ?? null;
}

/** What chair, deputy, clerk and office do with the meeting as a whole. `problem`: of an act that is not the meeting's. */
export function Conduct({ problem = null }: { problem?: string | null }) {
  const { t } = useWords();
  const { act } = useActs();
  const refusal = useRefusal();
  const { phase, kind, epoch, next } = useMeeting((state) => ({
    phase: state.phase,
    kind: state.kind,
    epoch: state.epoch,
    next: nextItem(state),
  }));
  const [asking, setAsking] = useState<"close" | "doors" | null>(null);
  const [closing, workingOnClose] = useBusy();
  const [doors, workingOnDoors] = useBusy();
  const kept = useFocusKept();
  const running = phase === "open" || phase === "suspended";
  if (phase === "ended") return null;
  return (
    <section className={section.section} aria-labelledby="conduct-title" {...kept.part}>
      <h2 id="conduct-title" {...kept.heading}>
        {t("conduct.title")}
      </h2>
      <div className="row row--tight">
        {phase === "planned" ? (
          <Button kind="primary" data-testid="conduct-open" onClick={() => act({ type: "openMeeting" })}>
            {t("conduct.open")}
          </Button>
        ) : null}
        {phase === "open" && next ? (
          <Button
            kind="primary"
            icon="next"
            data-testid="conduct-next"
            onClick={() => act({ type: "startItem", item: next })}
          >
            {t("conduct.next")}
          </Button>
        ) : null}
        {phase === "suspended" ? (
          <Button kind="primary" data-testid="conduct-resume" onClick={() => act({ type: "resumeMeeting" })}>
            {t("conduct.resume")}
          </Button>
        ) : null}
        {running && formOf({ kind }).doors ? (
          // Another button each time: a second press on the one that closed them would put the meeting on air.
          <Button
            key={epoch.doors}
            icon={epoch.doors === "open" ? "doorClosed" : "doorOpen"}
            busy={doors}
            data-testid="conduct-doors"
            onClick={() => (epoch.doors === "open" ? setAsking("doors") : act({ type: "openDoors" }))}
          >
            {t(epoch.doors === "open" ? "conduct.closeDoors" : "conduct.openDoors")}
          </Button>
        ) : null}
        {phase === "open" ? (
          <Button icon="pause" data-testid="conduct-suspend" onClick={() => act({ type: "suspendMeeting" })}>
            {t("conduct.suspend")}
          </Button>
        ) : null}
        {running ? (
          <Button kind="danger" busy={closing} data-testid="conduct-close" onClick={() => setAsking("close")}>
            {t("conduct.close")}
          </Button>
        ) : null}
      </div>
      <Problem code={refusal ?? problem} />
      {asking === "doors" ? (
        <CloseDoors
          onCancel={() => setAsking(null)}
          onClose={(admitted) => {
            setAsking(null);
            workingOnDoors(act({ type: "closeDoors", admitted }));
          }}
        />
      ) : null}
      {asking === "close" ? (
        <Confirm
          question={t("conduct.close.question")}
          explanation={t("conduct.close.explanation")}
          sure={t("conduct.close.sure")}
          act={t("conduct.close")}
          onConfirm={() => {
            setAsking(null);
            workingOnClose(act({ type: "endMeeting" }));
          }}
          onCancel={() => setAsking(null)}
        />
      ) : null}
    </section>
  );
}
