import { useWords } from "../../words.ts";
import { sendable } from "../media/ability.ts";
import { useDevices, useMedia, useMediaActs } from "../media/context.ts";
import { useActs, useKnown, useMe, useMeeting } from "../meeting/context.ts";
import { offersOf } from "./offers.ts";
import { Shortcuts } from "./Shortcuts.tsx";
import { useShortcuts } from "./shortcuts.ts";
import type { Side } from "./side.ts";
import { Tool } from "./Tool.tsx";
import styles from "./Toolbar.module.css";

interface Props {
  side: Side;
  onLeave(): void;
}

/** Everything one does oneself, by hand or by key. */
export function Toolbar({ side, onLeave }: Props) {
  const { t } = useWords();
  const { act } = useActs();
  const { session } = useMediaActs();
  const me = useMe();
  const meeting = useMeeting(({ phase, floor }) => ({ phase, floor }));
  const media = useMedia(({ link, sending, sharing }) => ({ link, sending, sharing }));
  const problems = useDevices((devices) => ({
    microphone: devices.microphone.problem,
    camera: devices.camera.problem,
  }));
  const offers = offersOf(meeting, me, media, sendable(useKnown(({ publish }) => publish)));
  const { microphone, camera } = media.sending;
  const raised = meeting.floor.queue.includes(me.id);
  const sharing = media.sharing !== null;

  const acts = {
    microphone: () => offers?.microphone && void session.turn("microphone", !microphone),
    camera: () => offers?.camera && void session.turn("camera", !camera),
    share: () => offers?.share && void session.share(!sharing),
    hand: () => {
      if (offers && raised) void act({ type: "lowerHand", seat: me.id });
      else if (offers?.raiseHand) void act({ type: "raiseHand" });
    },
    leave: onLeave,
  };
  const shortcuts = useShortcuts(acts);

  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t("toolbar.name")}>
      {offers ? (
        <>
          <Tool
            testId="mic"
            icon={microphone ? "microphone" : "microphoneOff"}
            label={t(microphone ? "tool.microphone.on" : "tool.microphone.off")}
            pressed={microphone}
            disabled={!offers.microphone}
            problem={problems.microphone}
            keyName={shortcuts.keys.microphone}
            onPress={acts.microphone}
          />
          <Tool
            testId="camera"
            icon={camera ? "camera" : "cameraOff"}
            label={t(camera ? "tool.camera.on" : "tool.camera.off")}
            pressed={camera}
            disabled={!offers.camera}
            problem={problems.camera}
            keyName={shortcuts.keys.camera}
            onPress={acts.camera}
          />
          <Tool
            testId="share"
            icon="screen"
            label={t(sharing ? "tool.share.on" : "tool.share.off")}
            pressed={sharing}
            disabled={!offers.share}
            keyName={shortcuts.keys.share}
            onPress={acts.share}
          />
          <Tool
            testId="hand"
            icon="hand"
            label={t(raised ? "tool.hand.on" : "tool.hand.off")}
            pressed={raised}
            disabled={!raised && !offers.raiseHand}
            keyName={shortcuts.keys.hand}
            onPress={acts.hand}
          />
        </>
      ) : null}
      {side.isNarrow ? (
        <Tool
          testId="panel"
          icon="list"
          label={t("tool.panel")}
          pressed={side.isOpen}
          news={[...side.news.values()].reduce((sum, count) => sum + count, 0)}
          onPress={side.toggle}
        />
      ) : null}
      <Shortcuts shortcuts={shortcuts} />
      <Tool
        testId="leave"
        icon="leave"
        label={t("tool.leave")}
        kind="leave"
        keyName={shortcuts.keys.leave}
        onPress={acts.leave}
      />
    </div>
  );
}
