type Waits = (key: "wait.seconds" | "wait.minutes", values: { count: number }) => string;

/** How long to wait, in words: to the second below a minute, else rounded up to minutes. */
export const waitInWords = (t: Waits, seconds: number): string =>
  seconds < 60 ? t("wait.seconds", { count: seconds }) : t("wait.minutes", { count: Math.ceil(seconds / 60) });
