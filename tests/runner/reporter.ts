import type { TestEvent } from "node:test/reporters";

/** What the runner wants to know of one test, one JSON object a line. */
export interface Line {
  name: string;
  nesting: number;
  passed: boolean;
  /** Not null: it did not run, and says so, with the reason where one is given. */
  note: string | null;
  /** Holds tests; not counted itself. */
  suite: boolean;
  ms: number;
  /** `null`: none of its own. */
  error: string | null;
}

/** Last line of a file that ran to its end. */
export const END = "end";

/** A reporter for node's test runner (`--test-reporter`). */
export default async function* reporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    const line: Line = {
      name: data.name,
      nesting: data.nesting,
      passed: type === "test:pass",
      note: noteOf("skipped", data.skip) ?? noteOf("to do", data.todo),
      suite: data.details.type === "suite",
      ms: Math.round(data.details.duration_ms),
      error: type === "test:fail" ? errorOf(data.details.error) : null,
    };
    yield `${JSON.stringify(line)}\n`;
  }
  yield `${JSON.stringify(END)}\n`;
}

const noteOf = (word: string, reason: string | boolean | undefined): string | null =>
  reason === undefined ? null : typeof reason === "string" && reason !== "" ? `${word} (${reason})` : word;

function errorOf(error: Error & { failureType?: unknown }): string | null {
  if (error.failureType === "subtestsFailed") return null; // those have been told already
  const cause = error.cause instanceof Error ? error.cause : error;
  return cause.stack ?? cause.message;
}
