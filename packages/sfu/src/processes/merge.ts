import { ListRoomsResponse } from "@livekit/protocol";
import type { Answer } from "./forward.ts";

/** The answers of all processes to ListRooms as one. The first that is a refusal stands for all. */
export function mergeRooms(answers: readonly Answer[]): Answer | null {
  const first = answers.find(({ status }) => status !== 200) ?? answers[0];
  if (first?.status !== 200) return first ?? null;
  const binary = first.headers["content-type"]?.startsWith("application/protobuf") ?? false;
  const lists = answers.map(({ body }) =>
    binary ? ListRoomsResponse.fromBinary(body) : ListRoomsResponse.fromJsonString(body.toString()),
  );
  const merged = new ListRoomsResponse({ rooms: lists.flatMap(({ rooms }) => rooms) });
  const body = binary
    ? Buffer.from(merged.toBinary())
    : Buffer.from(merged.toJsonString({ emitDefaultValues: true, useProtoFieldName: true }));
  return { ...first, headers: { ...first.headers, "content-length": String(body.length) }, body };
}

/**
 * Prometheus metrics of several processes as one text: each sample gets the label `process`, and each metric's HELP and
 * TYPE stand once, before its samples.
 */
export function mergeMetrics(texts: readonly { process: number; text: string }[]): string {
  const metrics = new Map<string, { about: string[]; samples: string[] }>();
  for (const { process, text } of texts) {
    let family = "";
    for (const line of text.split("\n")) {
      if (line === "") continue;
      const about = /^# (?:HELP|TYPE) (\S+)/.exec(line)?.[1];
      if (line.startsWith("#") && about === undefined) continue;
      family = about ?? (line.startsWith(family) && family !== "" ? family : (/^[^\s{]+/.exec(line)?.[0] ?? ""));
      const metric = metrics.get(family) ?? { about: [], samples: [] };
      metrics.set(family, metric);
      if (about === undefined) metric.samples.push(labelled(line, process));
      else if (!metric.about.includes(line)) metric.about.push(line);
    }
  }
  const lines = [...metrics.values()].flatMap(({ about, samples }) => [...about, ...samples]);
  return lines.map((line) => `${line}\n`).join("");
}

/** A sample with one label more. Its value and time follow the last "}" or the first blank. */
function labelled(sample: string, process: number): string {
  const own = `process="${process}"`;
  const end = sample.lastIndexOf("}");
  if (end < 0) return sample.replace(/^(\S+)/, `$1{${own}}`);
  const comma = sample.charAt(end - 1) === "{" || sample.charAt(end - 1) === "," ? "" : ",";
  return `${sample.slice(0, end)}${comma}${own}${sample.slice(end)}`;
}
