import type { ReactNode } from "react";

/** The alert of NL Design System. */
export function Alert({ type, children }: { type: "error" | "warning" | "info"; children: ReactNode }) {
  return (
    <div className={`utrecht-alert utrecht-alert--${type}`}>
      <div className="utrecht-alert__content">
        <div className="utrecht-alert__message">
          <p className="utrecht-paragraph">{children}</p>
        </div>
      </div>
    </div>
  );
}
