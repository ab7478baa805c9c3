import type { TFunction } from "i18next";

/** How long to wait, in words: to the second below a minute, else rounded up to minutes. */
export const waitInWords = (t: TFunction, seconds: number): string =>
  seconds < 60 ? t("wait.seconds", { count: seconds }) : t("wait.minutes", { count: Math.ceil(seconds / 60) });
