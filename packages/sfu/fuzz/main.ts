/** npm run fuzz -- --minutes N [--seed S]: attacks the media server and says what became of it and of a call beside. */
import { parseArgs } from "node:util";
import { z } from "zod";
import { campaign, kinds, type Outcome } from "./campaign.ts";

const usage = "npm run fuzz -- [--minutes N] [--seed S] [--only messages|datagrams|visits]";
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string" },
    only: { type: "string" },
    help: { type: "boolean" },
  },
});
const minutes = Number(values.minutes);
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const only = z.enum(kinds).optional().safeParse(values.only);
if (values.help || !only.success || !(minutes > 0) || !Number.isInteger(seed)) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
const told = ({ seconds, messages, thrownOut, datagrams, visits, witness, memory, files }: Outcome): string =>
  [
    `${seconds.toFixed(0)} s`,
    `${messages} messages`,
    `thrown out ${thrownOut} times`,
    `datagrams ${Object.entries(datagrams)
      .map(([name, count]) => `${name} ${count}`)
      .join(" ")}`,
    `visits ${visits.joined} joined ${visits.refused} refused ${visits.lost} without an answer`,
    `call beside: ${witness.packets} packets, longest pause ${witness.gap.toFixed(0)} ms, the machine's own ${witness.own.toFixed(0)} ms, beyond it ${witness.beyond.toFixed(0)} ms`,
    `memory ${megabytes(memory.early)} -> ${megabytes(memory.now)}`,
    `files ${files.early} -> ${files.now}`,
  ].join(", ");

console.log(
  `seed ${seed}; the same again: npm run fuzz -- --minutes ${minutes} --seed ${seed}${only.data ? ` --only ${only.data}` : ""}`,
);
let last = 0;
const outcome = await campaign({
  seed,
  ms: minutes * 60_000,
  messages: only.data === undefined || only.data === "messages" ? 10_000 : 0,
  datagrams: 0,
  ...(only.data === undefined ? {} : { only: only.data }),
  progress: (now) => {
    if (now.seconds - last < (minutes > 5 ? 60 : 10)) return;
    last = now.seconds;
    console.log(told(now));
  },
});
console.log(told(outcome));
/** A stall of the call beside, ms; growth after the first quarter, or five minutes, as a share. */
const limits = { gap: 500, growth: 1.3, files: 50 };
const faults = [
  outcome.crash,
  outcome.witness.beyond > limits.gap
    ? `The call beside paused for ${outcome.witness.beyond.toFixed(0)} ms more than the machine.`
    : null,
  outcome.memory.now > outcome.memory.early * limits.growth ? "Memory has grown." : null,
  outcome.files.now > outcome.files.early + limits.files ? "Files stay open." : null,
].filter((fault) => fault !== null);
for (const fault of faults) console.log(`FAULT: ${fault} (seed ${seed})`);
process.exit(faults.length > 0 ? 1 : 0);
