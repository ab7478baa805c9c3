import enErrors from "./en/errors.json" with { type: "json" };
import en from "./en/inside.json" with { type: "json" };
import enShared from "./en/shared.json" with { type: "json" };
import type { Texts } from "./language.ts";
import nlErrors from "./nl/errors.json" with { type: "json" };
import nl from "./nl/inside.json" with { type: "json" };
import nlShared from "./nl/shared.json" with { type: "json" };

export const inside: Texts = {
  nl: { ...nlShared, ...nlErrors, ...nl },
  en: { ...enShared, ...enErrors, ...en },
};
