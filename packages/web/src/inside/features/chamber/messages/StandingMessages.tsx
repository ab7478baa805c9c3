import { rightsOf } from "@raadhuis/meeting";
import { useWords } from "../../../words.ts";
import { abilityHere } from "../../media/ability.ts";
import { useMedia } from "../../media/context.ts";
import { useConducts, useKnown, useMe, useMeeting, useRefusal } from "../../meeting/context.ts";
import { Message } from "../../meeting/Message.tsx";

/** What this browser cannot do, and why this seat is not heard. */
export function AbilityMessages() {
  const { t } = useWords();
  const { lacks } = abilityHere();
  const { role } = useMe();
  const listens = useKnown(({ publish }) => publish.length === 0);
  const isConnected = useMedia(({ link }) => link === "connected");
  return (
    <>
      {lacks ? (
        <Message testId="lacking" icon="warning" words={t(`lacking.${lacks}`)} data={{ "data-lacks": lacks }} />
      ) : null}
      {listens && isConnected ? (
        <Message
          testId="listening"
          icon="info"
          words={t(rightsOf(role).publish === "never" ? "listen.observer" : "listen.citizen")}
        />
      ) : null}
    </>
  );
}

/** Why what one did oneself was refused; whoever conducts reads it beside their buttons. */
export function Refused() {
  const { problem } = useWords();
  const conducts = useConducts();
  const refusal = useRefusal();
  return conducts || refusal === null ? null : (
    <Message testId="problem" icon="warning" words={problem(refusal)} data={{ "data-code": refusal }} />
  );
}

export function ClosedNotice() {
  const { t } = useWords();
  const isClosed = useMeeting(({ epoch }) => epoch.doors === "closed");
  return isClosed ? (
    <Message testId="closed-notice" kind="closed" icon="doorClosed" words={t("closed.notice")} />
  ) : null;
}
