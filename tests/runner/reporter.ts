import type { TestEvent } from "node:test/reporters";

/** What the runner wants to know of one test, one JSON object a line. */
export interface Line {
  name: string;
  nesting: number;
  passed: boolean;
  /** Neither: it did not run, and says so. */
  note: "skipped" | "to do" | null;
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
      note: data.skip !== undefined ? "skipped" : data.todo !== undefined ? "to do" : null,
      suite: data.details.type === "suite",
      ms: Math.round(data.details.duration_ms),
      error: type === "test:fail" ? errorOf(data.details.error) : null,
    };
    yield `${JSON.stringify(line)}\n`;
  }
  yield `${JSON.stringify(END)}\n`;
}

function errorOf(error: Error & { failureType?: unknown }): string | null {
  if (error.failureType === "subtestsFailed") return null; // those have been told already
  const cause = error.cause instanceof Error ? error.cause : error;
  return cause.stack ?? cause.message;
}
