import { Icon, type IconName } from "../../../design/parts/Icon.tsx";

interface Props {
  testId: string;
  icon: IconName;
  label: string;
  pressed?: boolean;
  disabled?: boolean;
  problem?: string | null;
  /** The key that does the same; `undefined` while keys are off. */
  keyName?: string | undefined;
  className?: string;
  onPress(): void;
}

/** One act of the toolbar: a picture, words, and the key that does the same. */
export function Tool({ testId, icon, label, pressed, disabled, problem, keyName, className, onPress }: Props) {
  return (
    <button
      type="button"
      className={`tool ${className ?? ""}`}
      data-testid={testId}
      data-problem={problem ?? undefined}
      aria-pressed={pressed}
      aria-keyshortcuts={keyName}
      disabled={disabled}
      onClick={onPress}
    >
      <Icon name={icon} />
      {problem ? (
        <span className="tool-problem">
          <Icon name="warning" />
        </span>
      ) : null}
      <span className="tool-label">{label}</span>
      {keyName ? (
        <span className="tool-key" aria-hidden="true">
          {keyName}
        </span>
      ) : null}
    </button>
  );
}
