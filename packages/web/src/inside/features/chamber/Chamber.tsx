import { conducts } from "@raadhuis/meeting";
import { type ReactNode, useMemo, useState } from "react";
import { useTitle } from "../../../design/parts/Page.tsx";
import { SkipLink } from "../../../design/parts/SkipLink.tsx";
import { useWords } from "../../words.ts";
import type { Capture } from "../media/capture.ts";
import type { Sending } from "../media/carryOver.ts";
import { MediaContext, useMedia } from "../media/context.ts";
import { useMediaSession } from "../media/hooks.ts";
import type { KeptOff } from "../media/keptOff.ts";
import { useConducts, useKnown, useMe, useMeeting, useViewer, ViewerContext } from "../meeting/context.ts";
import { Bar } from "./Bar.tsx";
import styles from "./Chamber.module.css";
import { Leaving } from "./Leaving.tsx";
import { Messages } from "./Messages.tsx";
import { NewsAloud } from "./News.tsx";
import { SidePart } from "./SidePart.tsx";
import { Sounds } from "./Sounds.tsx";
import { Stage } from "./Stage.tsx";
import { useSide } from "./side.ts";
import { isMissed, useAskBeforeClosing, useAwake } from "./staying.ts";
import { Toolbar } from "./Toolbar.tsx";

interface Props {
  capture: Capture;
  kept: KeptOff;
  sending: Sending;
  prompt: boolean;
  onLeave(): void;
}

/** Where those who take part are. */
export function Chamber({ capture, kept, sending, prompt, onLeave }: Props) {
  const session = useMediaSession({ capture, kept }, { sending, prompt });
  const media = useMemo(() => ({ session, capture }), [session, capture]);
  return (
    <MediaContext value={media}>
      <TakingPart>
        <Room onLeave={onLeave} />
      </TakingPart>
    </MediaContext>
  );
}

/** A seat that takes part from another page is not conducted from here as well. */
function TakingPart({ children }: { children: ReactNode }) {
  const { seat } = useViewer();
  const { role } = useMe();
  const here = useMedia(({ link }) => link !== "elsewhere");
  const viewer = useMemo(() => ({ seat, conducts: here && conducts(role) }), [seat, here, role]);
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}

function Room({ onLeave }: { onLeave(): void }) {
  const { t } = useWords();
  const { role } = useMe();
  const side = useSide();
  const conducts = useConducts();
  const [leaving, setLeaving] = useState(false);
  const { title, body, organ, phase } = useMeeting(({ title, body, organ, phase }) => ({ title, body, organ, phase }));
  useAwake();
  useAskBeforeClosing(
    isMissed(
      phase,
      role,
      useMedia(({ sending, sharing }) => ({ sending, sharing })),
    ),
  );
  useTitle(title ?? t("meeting.untitled"), organ ?? body);
  return (
    <Frame side={side.isOpen}>
      <SkipLink />
      <Bar />
      <main id="main" className={styles.main} tabIndex={-1}>
        <h1 className="visually-hidden">{title ?? t("meeting.untitled")}</h1>
        <Messages />
        <Stage />
      </main>
      <SidePart side={side} />
      <NewsAloud side={side} />
      <Toolbar side={side} onLeave={() => setLeaving(true)} />
      {leaving ? <Leaving conducts={conducts} onLeave={onLeave} onStay={() => setLeaving(false)} /> : null}
      <Sounds />
    </Frame>
  );
}

/** The whole of it, with what tests wait for: it changes at each event, and what stands in it does not. */
function Frame({ side, children }: { side: boolean; children: ReactNode }) {
  const { phase, version } = useMeeting(({ phase, version }) => ({ phase, version }));
  const link = useKnown(({ link }) => link);
  const media = useMedia(({ at, link }) => ({ epoch: at?.epoch ?? "", link }));
  return (
    <div
      className={styles.chamber}
      data-testid="chamber"
      data-epoch={media.epoch}
      data-phase={phase}
      data-version={version}
      data-media={media.link}
      data-link={link}
      data-side={side}
    >
      {children}
    </div>
  );
}
