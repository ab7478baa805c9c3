import { shared } from "../i18n/texts.ts";
import { answers } from "./api/texts.ts";
import { access } from "./features/access/texts.ts";
import { chamber } from "./features/chamber/texts.ts";
import { home } from "./features/home/texts.ts";
import { live } from "./features/live/texts.ts";
import { lobby } from "./features/lobby/texts.ts";
import { media } from "./features/media/texts.ts";
import { meeting } from "./features/meeting/texts.ts";
import { meetings } from "./features/meetings/texts.ts";
import { office } from "./features/office/texts.ts";
import { organs } from "./features/organs/texts.ts";
import { people } from "./features/people/texts.ts";
import { seat } from "./features/seat/texts.ts";
import { form } from "./form/texts.ts";
import { notices } from "./notice/texts.ts";

/** All that chamber and office say. */
export const inside = {
  ...shared,
  ...answers,
  ...form,
  ...notices,
  ...home,
  ...seat,
  ...lobby,
  ...media,
  ...meeting,
  ...chamber,
  ...office,
  ...people,
  ...organs,
  ...meetings,
  ...live,
  ...access,
};
