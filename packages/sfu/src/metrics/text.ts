/** Numbers of one kind, under one name. */
export interface Family {
  name: string;
  help: string;
  type: "counter" | "gauge";
  samples: Sample[];
}

/** Labels are words of this program, never what somebody else wrote: few, and nobody's data. */
export interface Sample {
  labels?: Readonly<Record<string, string>>;
  value: number;
}

export const contentType = "text/plain; version=0.0.4; charset=utf-8";

/** Prometheus' text format 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export const textOf = (families: readonly Family[]): string =>
  families
    .flatMap(({ name, help, type, samples }) => [
      `# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`,
      `# TYPE ${name} ${type}`,
      ...samples.map(({ labels = {}, value }) => `${name}${labelsOf(labels)} ${numberOf(value)}`),
    ])
    .map((line) => `${line}\n`)
    .join("");

function labelsOf(labels: Readonly<Record<string, string>>): string {
  const escaped = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`,
  );
  return escaped.length === 0 ? "" : `{${escaped.join(",")}}`;
}

const numberOf = (value: number): string =>
  Number.isNaN(value) ? "NaN" : value === Infinity ? "+Inf" : value === -Infinity ? "-Inf" : String(value);
