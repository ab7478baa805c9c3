import enErrors from "./en/errors.json" with { type: "json" };
import enInside from "./en/inside.json" with { type: "json" };
import enOutside from "./en/outside.json" with { type: "json" };
import enShared from "./en/shared.json" with { type: "json" };
import type { Texts } from "./index.ts";
import nlErrors from "./nl/errors.json" with { type: "json" };
import nlInside from "./nl/inside.json" with { type: "json" };
import nlOutside from "./nl/outside.json" with { type: "json" };
import nlShared from "./nl/shared.json" with { type: "json" };

export const inside: Texts = {
  nl: { ...nlShared, ...nlErrors, ...nlInside },
  en: { ...enShared, ...enErrors, ...enInside },
};

export const outside: Texts = { nl: { ...nlShared, ...nlOutside }, en: { ...enShared, ...enOutside } };
