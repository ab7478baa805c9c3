import { Button as UtrechtButton } from "@utrecht/button-react";
import type { ComponentProps } from "react";
import { Link } from "react-router";
import { Icon, type IconName } from "./Icon.tsx";

type Kind = "primary" | "secondary" | "subtle" | "danger";

const appearance = {
  primary: "primary-action-button",
  secondary: "secondary-action-button",
  subtle: "subtle-button",
  danger: "secondary-action-button",
} as const;

interface Props extends Omit<ComponentProps<"button">, "ref"> {
  kind?: Kind;
  icon?: IconName;
  small?: boolean;
}

/** The button of NL Design System, with an icon of ours. Never submits unless told. */
export function Button({ kind = "secondary", icon, small, className, children, type = "button", ...rest }: Props) {
  return (
    <UtrechtButton
      type={type}
      appearance={appearance[kind]}
      {...(kind === "danger" ? { hint: "danger" as const } : {})}
      className={[small ? "utrecht-button--small" : "", className ?? ""].join(" ").trim()}
      {...rest}
    >
      {icon ? <Icon name={icon} /> : null}
      {children}
    </UtrechtButton>
  );
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
