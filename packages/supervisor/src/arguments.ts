import { parseArgs } from "node:util";

export interface Arguments {
  demo: boolean;
  /** Synthetic people that take part in the demo meeting. */
  people: number;
  /** The demo meeting waits for its chair, instead of being in session. */
  planned: boolean;
  json: boolean;
}

/** The demo's roster holds nine seats; the person who looks takes one of them. */
const MOST_PEOPLE = 8;

export const HELP = `bin/start [--demo [--people N] [--planned]] [--json]

  --demo      a sample body with a roster, a public meeting in session and every person's link
  --people N  how many synthetic people take part in the demo meeting, 0 to ${MOST_PEOPLE} (default 3);
              with 0 the meeting waits for its chair
  --planned   the demo meeting waits for its chair, whoever takes part
  --json      when everything answers, one line of JSON on stdout with the addresses
  --help      this

Settings are environment variables; README.md lists them.`;

/** @returns the arguments; "help" when that was asked for; or what is wrong with them, for a person */
export function argumentsOf(given: string[]): { arguments: Arguments } | "help" | { problem: string } {
  let values: { demo: boolean; people?: string; planned: boolean; json: boolean; help: boolean };
  try {
    ({ values } = parseArgs({
      args: given,
      options: {
        demo: { type: "boolean", default: false },
        people: { type: "string" },
        planned: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  if (values.help) return "help";
  if (values.people !== undefined && !values.demo) return { problem: "--people goes with --demo." };
  if (values.planned && !values.demo) return { problem: "--planned goes with --demo." };
  const people = Number(values.people ?? 3);
  if (!Number.isInteger(people) || people < 0 || people > MOST_PEOPLE)
    return { problem: `--people takes a whole number from 0 to ${MOST_PEOPLE}, not "${values.people}".` };
  return { arguments: { demo: values.demo, people, planned: values.planned, json: values.json } };
}
