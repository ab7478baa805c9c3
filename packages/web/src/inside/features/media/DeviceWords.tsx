import { Button } from "../../../design/parts/Button.tsx";
import { useWords } from "../../words.ts";
import { Message } from "../meeting/Message.tsx";
import type { Device, DeviceView } from "./capture.ts";

interface Props {
  device: Device;
  view: DeviceView;
  /** The person wants it on. */
  wanted: boolean;
  onUse(id: string): void;
  onUnderstood(): void;
}

/** What became of a microphone or camera that was unplugged, or that gives nothing. Stands in a polite live region. */
export function DeviceWords({ device, view, wanted, onUse, onUnderstood }: Props) {
  const { t } = useWords();
  const { gone, track, held } = view;
  const silent = wanted && held && track !== null;
  if (!gone?.word && !silent) return null;
  const name = gone?.label || t(`media.${device}.chosen`);
  const other = track?.label || t(`media.${device}.other`);
  return (
    <>
      {gone?.word ? (
        <Message
          testId="device-word"
          icon="warning"
          words={t(`media.${device}.gone.${gone.word}`, { name, other })}
          data={{ "data-device": device, "data-word": gone.word }}
        >
          {gone.word === "back" ? (
            <Button kind="primary" data-testid="device-use" onClick={() => onUse(gone.id)}>
              {t("media.use", { name })}
            </Button>
          ) : null}
          <Button kind="subtle" onClick={onUnderstood}>
            {t(gone.word === "back" ? "prompt.later" : "prompt.understood")}
          </Button>
        </Message>
      ) : null}
      {silent ? (
        <Message
          testId="device-held"
          icon="warning"
          words={t(`media.${device}.held`)}
          data={{ "data-device": device }}
        />
      ) : null}
    </>
  );
}
