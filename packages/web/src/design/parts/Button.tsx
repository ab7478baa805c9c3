import { Button as UtrechtButton } from "@utrecht/button-react";
import { type ComponentProps, type MouseEvent, useCallback, useRef, useState } from "react";
import { Link } from "react-router";
import { Busy } from "./Busy.tsx";
import { Icon, type IconName } from "./Icon.tsx";

type Kind = "primary" | "secondary" | "subtle" | "danger";

const appearance = {
  primary: "primary-action-button",
  secondary: "secondary-action-button",
  subtle: "subtle-button",
  danger: "secondary-action-button",
} as const;

interface Props extends Omit<ComponentProps<"button">, "ref" | "onClick"> {
  kind?: Kind;
  icon?: IconName;
  small?: boolean;
  /** What it began is not done yet. */
  busy?: boolean;
  /** What is to be done; it is busy until a promise that comes back is settled. */
  onClick?: (event: MouseEvent<HTMLButtonElement>) => unknown;
}

/**
 * The button of NL Design System, with an icon of ours. Never submits unless told. While it is busy a second press does
 * nothing; it keeps the focus, which a disabled one would lose.
 */
export function Button({
  kind = "secondary",
  icon,
  small,
  busy = false,
  className,
  children,
  type = "button",
  onClick,
  ...rest
}: Props) {
  const [works, working] = useBusy();
  const isBusy = busy || works;
  /** Also between two presses within one moment, of which the page has not been drawn anew. */
  const pressed = useRef(false);
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isBusy || pressed.current) return event.preventDefault();
    const done = onClick?.(event);
    if (!(done instanceof Promise)) return;
    pressed.current = true;
    working(
      done.finally(() => {
        pressed.current = false;
      }),
    );
  };
  return (
    <>
      <UtrechtButton
        type={type}
        appearance={appearance[kind]}
        {...(kind === "danger" ? { hint: "danger" as const } : {})}
        className={[small ? "utrecht-button--small" : "", className ?? ""].join(" ").trim()}
        {...rest}
        {...(isBusy ? { "aria-busy": true, "aria-disabled": true } : {})}
        onClick={press}
      >
        {icon ? <Icon name={icon} /> : null}
        {children}
        {isBusy ? <span className="busy-sign" aria-hidden="true" /> : null}
      </UtrechtButton>
      {isBusy ? <Busy /> : null}
    </>
  );
}

/** Whether something is being done, and to say what: for a button whose act is begun elsewhere, as by a question. */
export function useBusy(): [busy: boolean, working: (done: Promise<unknown>) => void] {
  const [busy, setBusy] = useState(false);
  const working = useCallback((done: Promise<unknown>) => {
    setBusy(true);
    done.catch((error: unknown) => console.error(error)).finally(() => setBusy(false));
  }, []);
  return [busy, working];
}

interface LinkProps extends ComponentProps<typeof Link> {
  kind?: "primary" | "secondary";
}

/** Looks like a button, goes to a page of the same bundle. */
export function ButtonLink({ kind = "secondary", className, ...rest }: LinkProps) {
  return (
    <Link
      className={`utrecht-button-link utrecht-button utrecht-button--${kind === "primary" ? "primary-action" : "secondary-action"} ${className ?? ""}`}
      {...rest}
    />
  );
}
