import { SelectField } from "../../../design/parts/Field.tsx";
import { useWords } from "../../words.ts";
import type { Device, DeviceView } from "../media/capture.ts";

/** Which microphone or camera. Browsers name them only once they are allowed. */
export function DevicePicker(props: { device: Device; view: DeviceView; onChoose(id: string): void }) {
  const { t } = useWords();
  const { device, view } = props;
  const present = view.track?.getSettings().deviceId ?? view.chosen ?? "";
  const choices = view.choices.map(({ id, label }, index) => ({
    value: id,
    text: label || t(`media.${device}.number`, { number: index + 1 }),
  }));
  if (choices.length === 0) return null;
  return (
    <SelectField
      label={t(`media.${device}.choose`)}
      options={choices}
      value={choices.some(({ value }) => value === present) ? present : ""}
      onChange={(event) => props.onChoose(event.target.value)}
    />
  );
}
