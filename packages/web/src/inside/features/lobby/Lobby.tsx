import { Button } from "../../../design/parts/Button.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { When } from "../../../design/parts/When.tsx";
import { useWords } from "../../words.ts";
import { abilityHere } from "../media/ability.ts";
import type { Capture } from "../media/capture.ts";
import type { Sending } from "../media/carryOver.ts";
import type { KeptOff } from "../media/keptOff.ts";
import { useMe, useMeeting } from "../meeting/context.ts";
import { Of } from "../meeting/Of.tsx";
import { Who } from "../meeting/Who.tsx";
import { Devices } from "./Devices.tsx";
import { arrivesLate, foretold, meaning } from "./foretold.ts";
import { Lacking } from "./Lacking.tsx";
import styles from "./Lobby.module.css";
import { useWished } from "./useWished.ts";

interface Props {
  capture: Capture;
  kept: KeptOff;
  onJoin(sending: Sending): void;
}

/** Before the chamber: look at and listen to oneself, choose what is on, go in. Without devices one can go in too. */
export function Lobby({ capture, kept, onJoin }: Props) {
  const { t } = useWords();
  const me = useMe();
  const { title, body, organ, startsAt } = useMeeting(({ title, body, organ, startsAt }) => ({
    title,
    body,
    organ,
    startsAt,
  }));
  const ability = abilityHere();
  const { future, late, means } = useMeeting((state) => {
    const future = ability.captures ? foretold(state, me) : "listens";
    return { future, late: arrivesLate(state, kept), means: meaning(state, future) };
  });
  const withDevices = future !== "listens";
  const wished = useWished(capture, kept, {
    opens: withDevices,
    quiet: future === "sends" && late,
  });

  const join = () => {
    const sends = future === "sends";
    const sending = { microphone: sends && wished.on("microphone"), camera: sends && wished.on("camera") };
    // No light stays on for what is not sent.
    for (const device of ["microphone", "camera"] as const) if (!sending[device]) capture.close(device);
    // Not on after a reload either: only the person turns it on.
    if (wished.held) kept.turned("microphone", false);
    kept.comesIn();
    onJoin(sending);
  };

  return (
    <Page
      title={title ?? t("meeting.untitled")}
      body={body}
      wide
      intro={
        <p className="muted">
          {organ === null ? null : <Of organ={organ} />}
          <When at={startsAt} />
        </p>
      }
    >
      <div className={styles.lobby} data-testid="lobby">
        {withDevices ? <Devices capture={capture} wished={wished} trying={future === "tries"} /> : null}
        {ability.lacks ? <Lacking lacks={ability.lacks} /> : null}
        <section className={`card ${styles.join}`} aria-labelledby="lobby-you">
          <h2 id="lobby-you">{t("lobby.you")}</h2>
          <Who seat={me} />
          {ability.hears ? <p>{t(means)}</p> : null}
          <Button kind="primary" data-testid="join" onClick={join}>
            {t(ability.hears ? "lobby.join" : "lobby.joinWithout")}
          </Button>
        </section>
      </div>
    </Page>
  );
}
