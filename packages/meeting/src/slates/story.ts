import { Slate } from "../index.ts";
import type { Tales } from "../testing/moment.ts";
import type { slates } from "./chapter.ts";

export const tales: Tales<typeof slates> = {
  writeSlate: ({ word, oneOf }) =>
    [word, null].map((text) => ({ type: "writeSlate", slate: oneOf(Slate.options), text })),
};
