import { Button } from "../../../../design/parts/Button.tsx";
import { useWords } from "../../../words.ts";
import { sendable } from "../../media/ability.ts";
import { useMedia, useMediaActs } from "../../media/context.ts";
import { useKnown, useMe, useMeeting } from "../../meeting/context.ts";
import { Message } from "../../meeting/Message.tsx";
import { promptOf, promptWords } from "../offers.ts";

/** Asks somebody who has the floor, goes on air, or came back with everything off, what to turn on. */
export function AirPrompt() {
  const { t } = useWords();
  const { session } = useMediaActs();
  const me = useMe();
  const meeting = useMeeting(({ floor, epoch }) => ({ floor, epoch }));
  const media = useMedia(({ link, sending, airPrompt }) => ({ link, sending, airPrompt }));
  const prompt = promptOf(meeting, me, media, sendable(useKnown(({ publish }) => publish)));
  if (prompt === null) return null;
  const { sending, airPrompt } = media;
  return (
    <Message
      testId="air-prompt"
      kind="air"
      icon={meeting.epoch.onAir ? "air" : "info"}
      words={t(promptWords(prompt, sending))}
    >
      {sending.microphone ? null : (
        <Button
          kind="primary"
          icon="microphone"
          data-testid="air-mic"
          onClick={() => void session.turn("microphone", true)}
        >
          {t("prompt.microphone")}
        </Button>
      )}
      {sending.camera ? null : (
        <Button icon="camera" data-testid="air-camera" onClick={() => void session.turn("camera", true)}>
          {t("prompt.camera")}
        </Button>
      )}
      {airPrompt ? (
        <Button kind="subtle" data-testid="air-later" onClick={() => session.answered()}>
          {t("prompt.later")}
        </Button>
      ) : null}
    </Message>
  );
}
