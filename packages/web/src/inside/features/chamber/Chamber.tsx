import type { MeetingConnection, Snapshot } from "@raadhuis/client";
import { conducts, formOf, type MeetingState, SeatId, seatOf } from "@raadhuis/meeting";
import { useState } from "react";
import { useTitle } from "../../../design/parts/Page.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { SkipLink } from "../../../design/parts/SkipLink.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import type { Capture } from "../media/capture.ts";
import type { Sending } from "../media/carryOver.ts";
import { useMediaSession, useOtherRooms, useStore } from "../media/hooks.ts";
import type { KeptOff } from "../media/keptOff.ts";
import { useActs } from "../meeting/hooks.ts";
import { Agenda } from "../meeting/parts/Agenda.tsx";
import { Conduct } from "../meeting/parts/Conduct.tsx";
import { People } from "../meeting/parts/People.tsx";
import { Bar } from "./Bar.tsx";
import { Leaving } from "./Leaving.tsx";
import { Messages } from "./Messages.tsx";
import { usePanel } from "./panel.ts";
import { Sounds } from "./Sounds.tsx";
import { Stage } from "./Stage.tsx";
import { isMissed, useAskBeforeClosing, useAwake } from "./staying.ts";
import { Toolbar } from "./Toolbar.tsx";
import "./chamber.css";

interface Props {
  connection: MeetingConnection;
  snapshot: Snapshot & { state: MeetingState };
  seat: string;
  capture: Capture;
  kept: KeptOff;
  sending: Sending;
  prompt: boolean;
  onLeave(): void;
}

/** Where those who take part are. */
export function Chamber({ connection, snapshot, seat, capture, kept, sending, prompt, onLeave }: Props) {
  const { t } = useWords();
  const { state, publish } = snapshot;
  const session = useMediaSession(connection, snapshot, { capture, kept }, { sending, prompt });
  const media = useStore(session.store);
  const others = useOtherRooms(connection, snapshot, media);
  const devices = useStore(capture.store);
  const { act, problem } = useActs(connection);
  const me = seatOf(state, SeatId.parse(seat));
  const [panel, togglePanel] = usePanel({ epoch: state.epoch.number, hasFloor: state.floor.holder === me?.id });
  // A seat that takes part from another page is not conducted from here as well.
  const conductor = me !== undefined && conducts(me.role) && media.link !== "elsewhere";
  const [leaving, setLeaving] = useState(false);
  useAwake();
  useAskBeforeClosing(me !== undefined && isMissed(state.phase, me.role, media));
  useTitle(state.title ?? t("meeting.untitled"), state.organ ?? state.body);
  if (!me) return null;

  return (
    <div
      className="chamber"
      data-testid="chamber"
      data-epoch={media.at?.epoch ?? ""}
      data-phase={state.phase}
      data-version={state.version}
      data-media={media.link}
      data-link={snapshot.link}
    >
      <SkipLink />
      <Bar state={state} clockOffset={snapshot.clockOffset} />
      <main id="main" className="chamber-main" tabIndex={-1}>
        <h1 className="visually-hidden">{state.title ?? t("meeting.untitled")}</h1>
        <Messages
          state={state}
          me={me}
          media={media}
          session={session}
          link={snapshot.link}
          slow={snapshot.slow}
          publish={publish}
          devices={devices}
          capture={capture}
        />
        <Stage state={state} me={me} media={media} ownCamera={media.sending.camera ? devices.camera.track : null} />
      </main>
      <aside className="chamber-side" id="side" data-open={panel} aria-label={t("chamber.side")}>
        {conductor ? <Conduct state={state} act={act} problem={problem} /> : <Problem code={problem} />}
        {formOf(state).agenda ? <Agenda state={state} act={conductor ? act : undefined} /> : null}
        <People state={state} act={conductor ? act : undefined} self={seat} />
      </aside>
      <Toolbar
        state={state}
        me={me}
        media={media}
        session={session}
        devices={devices}
        publish={publish}
        act={act}
        panel={panel}
        onPanel={togglePanel}
        onLeave={() => setLeaving(true)}
      />
      {leaving ? <Leaving conducts={conductor} onLeave={onLeave} onStay={() => setLeaving(false)} /> : null}
      <Sounds people={media.people} />
      {[...others].map(([room, { link, people }]) => (
        <div key={room} hidden data-testid="other-room" data-room={room} data-media={link}>
          <Sounds people={people} />
        </div>
      ))}
    </div>
  );
}
