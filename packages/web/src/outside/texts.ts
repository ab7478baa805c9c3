import { shared } from "../i18n/texts.ts";
import { programme } from "./features/programme/texts.ts";
import { recording } from "./features/recording/texts.ts";
import { watch } from "./features/watch/texts.ts";

/** All that gallery and archive say. */
export const outside = { ...shared, ...programme, ...watch, ...recording };
