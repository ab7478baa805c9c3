import en from "./en/outside.json" with { type: "json" };
import enShared from "./en/shared.json" with { type: "json" };
import type { Texts } from "./language.ts";
import nl from "./nl/outside.json" with { type: "json" };
import nlShared from "./nl/shared.json" with { type: "json" };

export const outside: Texts = { nl: { ...nlShared, ...nl }, en: { ...enShared, ...en } };
