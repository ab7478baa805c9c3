import assert from "node:assert/strict";
import { it } from "node:test";
import { textOf } from "./text.ts";

it("metrics are written as Prometheus reads them", () => {
  const text = textOf([
    { name: "a_total", help: "Two\nlines, a \\.", type: "counter", samples: [{ value: 3 }] },
    {
      name: "b",
      help: "Labelled.",
      type: "gauge",
      samples: [
        { labels: { kind: 'a "b"\\', way: "in" }, value: 0.5 },
        { labels: { kind: "\n" }, value: Infinity },
      ],
    },
    { name: "c", help: "None.", type: "gauge", samples: [] },
  ]);
  assert.equal(
    text,
    [
      "# HELP a_total Two\\nlines, a \\\\.",
      "# TYPE a_total counter",
      "a_total 3",
      "# HELP b Labelled.",
      "# TYPE b gauge",
      'b{kind="a \\"b\\"\\\\",way="in"} 0.5',
      'b{kind="\\n"} +Inf',
      "# HELP c None.",
      "# TYPE c gauge",
      "",
    ].join("\n"),
  );
});
