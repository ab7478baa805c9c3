import assert from "node:assert/strict";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { startVitest } from "vitest/node";
import { CHROMIUM } from "../lib/browser.ts";

/**
 * Runs component tests (`*.test.tsx`) by Vitest in the machine's own Chromium, and tells each of them as a test of this
 * process: so they are counted as all others are. Why so: docs/decisions/008-component-tests.md.
 */
const web = join(import.meta.dirname, "..", "..", "packages", "web");
const files = (process.env.RAADHUIS_TEST_COMPONENTS ?? "").split("\n").filter((file) => file !== "");

const vitest = await startVitest(
  "test",
  [],
  {
    root: web,
    config: false,
    watch: false,
    reporters: [{}],
    include: files.map((file) => file.replace(/^packages\/web\//, "")),
    setupFiles: [join(web, "src/testing/setup.ts")],
    testTimeout: 20_000,
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      ui: false,
      provider: playwright({ launchOptions: { executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] } }),
      instances: [{ browser: "chromium" }],
    },
  },
  {
    plugins: [react()],
    // All that any page imports is made ready before the first test: what is found later loads the page anew in the middle.
    optimizeDeps: { entries: ["src/**/*.tsx"], force: true },
  },
);
after(() => vitest.close());

for (const module of vitest.state.getTestModules()) {
  describe(module.relativeModuleId, () => {
    const errors = module.errors();
    if (errors.length > 0) test("can be loaded", () => assert.fail(errors.map(textOf).join("\n")));
    for (const { fullName, result } of [...module.children.allTests()].map((one) => ({
      fullName: one.fullName,
      result: one.result(),
    })))
      test(fullName, (context) => {
        if (result.state === "skipped") return context.skip(result.note);
        if (result.state !== "passed") assert.fail(result.errors?.map(textOf).join("\n") || result.state);
      });
  });
}

test("nothing else went wrong, and every file was run", () => {
  assert.deepEqual(vitest.state.getUnhandledErrors(), []);
  assert.equal(vitest.state.getTestModules().length, files.length);
});

function textOf({ message, stack, diff }: { message?: string; stack?: string; diff?: string }): string {
  return [stack ?? message, diff].filter(Boolean).join("\n");
}
