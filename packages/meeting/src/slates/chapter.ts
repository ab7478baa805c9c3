import { chapter } from "../chapter.ts";
import { writeSlate } from "./writeSlate.ts";

/** The body's own words on the still pictures that the public sees. */
export const slates = chapter({
  name: "slates",
  commands: [writeSlate],
  begin: () => ({ slates: { before: null, suspended: null, doorsClosed: null, after: null } }),
  evolve: {
    "slate.written": ({ slates }, { structure, payload }) => ({
      slates: { ...slates, [structure.slate]: payload?.text ?? null },
    }),
  },
});
