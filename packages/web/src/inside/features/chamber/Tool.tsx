import { Icon, type IconName } from "../../../design/parts/Icon.tsx";

interface Props {
  testId: string;
  icon: IconName;
  label: string;
  pressed?: boolean;
  disabled?: boolean;
  problem?: string | null;
  /** The problem in words. */
  why?: string | undefined;
  /** The key that does the same; `undefined` while keys are off. */
  keyName?: string | undefined;
  className?: string;
  onPress(): void;
}

/** One act of the toolbar: a picture, words, and the key that does the same. */
export function Tool({ testId, icon, label, pressed, disabled, problem, why, keyName, className, onPress }: Props) {
  return (
    <button
      type="button"
      className={`tool ${className ?? ""}`}
      data-testid={testId}
      data-problem={problem ?? undefined}
      aria-pressed={pressed}
      aria-keyshortcuts={keyName}
      disabled={disabled}
      title={why}
      onClick={onPress}
    >
      <Icon name={icon} />
      <span className="tool-label">{label}</span>
      {why ? <span className="tool-why">{why}</span> : null}
      {keyName ? (
        <span className="tool-key" aria-hidden="true">
          {keyName}
        </span>
      ) : null}
    </button>
  );
}
