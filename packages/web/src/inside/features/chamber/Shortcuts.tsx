import { useWords } from "../../words.ts";
import type { ShortcutsView } from "./shortcuts.ts";
import { Tool } from "./Tool.tsx";

/** The switch for keys; while on, each button shows its own. */
export function Shortcuts({ shortcuts }: { shortcuts: ShortcutsView }) {
  const { t } = useWords();
  return (
    <Tool
      testId="keys"
      icon="keyboard"
      label={t(shortcuts.on ? "tool.keys.on" : "tool.keys.off")}
      pressed={shortcuts.on}
      kind="keys"
      onPress={shortcuts.toggle}
    />
  );
}
