import { Button } from "../../../../design/parts/Button.tsx";
import { useWords } from "../../../words.ts";
import { useDevices, useMedia, useMediaActs } from "../../media/context.ts";
import { DeviceWords } from "../../media/DeviceWords.tsx";
import { useMutedSpeech } from "../../media/useMutedSpeech.ts";
import { useKnown } from "../../meeting/context.ts";
import { Message } from "../../meeting/Message.tsx";

/** What became of one's own microphone and camera. */
export function DeviceMessages() {
  const { session, capture } = useMediaActs();
  const devices = useDevices((all) => all);
  const sending = useMedia(({ sending }) => sending);
  return (
    <>
      <Missing />
      {(["microphone", "camera"] as const).map((device) => (
        <DeviceWords
          key={device}
          device={device}
          view={devices[device]}
          wanted={sending[device]}
          onUse={(id) => void session.choose(device, id)}
          onUnderstood={() => capture.understood(device)}
        />
      ))}
      <MutedSpeech />
    </>
  );
}

/** It was to be turned on, and could not be. */
function Missing() {
  const { t } = useWords();
  const { session } = useMediaActs();
  const missing = useMedia(({ link, missing }) => (link === "elsewhere" ? null : missing));
  const why = useDevices((devices) => (missing ? devices[missing].problem : null));
  if (!missing || !why) return null;
  return (
    <Message testId="device-problem" icon="warning" words={t(`media.${missing}.${why}`)} data={{ "data-code": why }}>
      <Button kind="subtle" onClick={() => session.understood()}>
        {t("prompt.understood")}
      </Button>
    </Message>
  );
}

function MutedSpeech() {
  const { t } = useWords();
  const isOff = useMedia(({ link, sending }) => link !== "elsewhere" && !sending.microphone);
  const maySpeak = useKnown(({ publish }) => publish.includes("microphone"));
  const track = useDevices(({ microphone }) => microphone.track);
  const muted = useMutedSpeech(isOff && maySpeak ? track : null);
  return muted ? <Message testId="muted-speech" icon="microphoneOff" words={t("media.muted")} /> : null;
}
