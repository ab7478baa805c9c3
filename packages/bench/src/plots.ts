import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { barChart, lineChart } from "./plot.ts";
import type { Row } from "./result.ts";

const sizes = ["1->10", "1->50", "1->100", "cm 1->100"];

/** The pictures of a benchmark's rows, by file name. docs/benchmarks.md shows them. */
function plotsOf(name: string, rows: readonly Row[]): Record<string, string> {
  switch (name) {
    case "forward":
      return {
        "forward-cpu": barChart(
          { title: "Processor time per forwarded packet", metric: "cpu_us_per_packet", cases: sizes },
          rows,
        ),
        "forward-memory": barChart(
          { title: "Memory per subscriber beyond the first", metric: "rss_mb_per_subscriber", cases: sizes },
          rows,
        ),
      };
    case "join":
      return {
        join: barChart(
          {
            title: "From the click to the first picture",
            metric: "join_ms",
            cases: [...new Set(rows.map((row) => row.case))],
          },
          rows,
        ),
      };
    case "kill":
      return {
        kill: barChart(
          {
            title: "From the media server's death",
            metric: "since_kill_ms",
            cases: [...new Set(rows.map((row) => row.case))],
          },
          rows,
        ),
      };
    case "chaos": {
      const among = [...new Set(rows.map((row) => row.case))];
      const chart = (title: string, metric: string) => barChart({ title, metric, cases: among }, rows);
      return {
        "chaos-sound": chart("Sound that was made up, share of all", "concealed_share"),
        "chaos-picture": chart("Time in which the picture stood still", "frozen_share"),
        "chaos-frames": chart("Frames shown", "frames_per_second"),
      };
    }
    case "soak": {
      const memory = rows.find(({ metric }) => metric === "rss_mb");
      return memory ? { soak: lineChart("Memory while people come and go", memory) } : {};
    }
    default:
      return {};
  }
}

/** Writes `docs/images/bench-<name>.svg` for each picture of this benchmark. Returns their names. */
export function writePlots(name: string, rows: readonly Row[]): string[] {
  const folder = join(import.meta.dirname, "../../../docs/images");
  const names: string[] = [];
  for (const [picture, svg] of Object.entries(plotsOf(name, rows))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `bench-${picture}.svg`), svg);
    names.push(`bench-${picture}`);
  }
  return names;
}
