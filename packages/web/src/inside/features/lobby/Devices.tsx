import { Button } from "../../../design/parts/Button.tsx";
import { useStore } from "../../useStore.ts";
import { useWords } from "../../words.ts";
import type { Device } from "../media/capture.ts";
import type { Media } from "../media/context.ts";
import { DeviceWords } from "../media/DeviceWords.tsx";
import { DevicePicker } from "./DevicePicker.tsx";
import { LevelMeter } from "./LevelMeter.tsx";
import { Preview } from "./Preview.tsx";
import type { Wished } from "./useWished.ts";

interface Props {
  capture: Media["capture"];
  wished: Wished;
  /** What is on here is only tried: this seat may send nothing yet. */
  trying: boolean;
}

const icons = {
  microphone: { on: "microphone", off: "microphoneOff" },
  camera: { on: "camera", off: "cameraOff" },
} as const;

/** Look at and listen to oneself, choose what is on. */
export function Devices({ capture, wished, trying }: Props) {
  const { t } = useWords();
  const view = useStore(capture.store);
  const toggle = (device: Device) => {
    const state = wished.on(device) ? "on" : "off";
    return (
      <Button
        icon={icons[device][state]}
        aria-pressed={wished.on(device)}
        data-testid={device === "microphone" ? "lobby-mic" : "lobby-camera"}
        data-problem={view[device].problem ?? undefined}
        onClick={() => wished.toggle(device)}
      >
        {t(trying ? `lobby.${device}.try.${state}` : `lobby.${device}.${state}`)}
      </Button>
    );
  };
  const words = (device: Device) => (
    <DeviceWords
      device={device}
      view={view[device]}
      wanted={wished.on(device)}
      onUse={(id) => wished.choose(device, id)}
      onUnderstood={() => capture.understood(device)}
    />
  );
  return (
    <section className="stack" aria-label={t("lobby.preview")}>
      <Preview track={wished.on("camera") ? view.camera.track : null} problem={view.camera.problem} />
      <div className="row">
        {toggle("microphone")}
        {toggle("camera")}
      </div>
      {wished.held ? (
        <p role="status" data-testid="lobby-quiet">
          {t("lobby.quiet")}
        </p>
      ) : null}
      {trying ? <p data-testid="lobby-trying">{t("lobby.trying")}</p> : null}
      <LevelMeter track={view.microphone.track} />
      {view.microphone.problem ? <p role="status">{t(`media.microphone.${view.microphone.problem}`)}</p> : null}
      <div className="stack" aria-live="polite">
        {words("microphone")}
        {words("camera")}
      </div>
      <div className="fields">
        {(["microphone", "camera"] as const).map((device) => (
          <DevicePicker key={device} device={device} view={view[device]} onChoose={(id) => wished.choose(device, id)} />
        ))}
      </div>
    </section>
  );
}
