import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { areFree, freePorts, ReadyLine } from "../lib/house.ts";
import { type Machine, Run } from "./machine.ts";

/** What came of one thing that was tried. */
export interface Trial {
  what: string;
  well: boolean;
  /** How it went, in words. */
  how: string;
}

/** Where the newcomer puts the clone. */
const CLONE = "/root/raadhuis";
/** Set-up may compile for long on a small machine, ms. */
const SET_UP_MS = 60 * 60_000;
/** A house ends within ten seconds. */
const STOP_MS = 10_000;

type Hear = (said: Buffer) => void;

/** Clones the checkout's HEAD to the machine. */
export async function clone(machine: Machine, checkout: string, hear: Hear): Promise<void> {
  execFileSync("git", ["bundle", "create", "--quiet", join(machine.root, "raadhuis.bundle"), "HEAD"], {
    cwd: checkout,
  });
  const cloning = new Run(
    machine,
    "/",
    ["git", "-c", "advice.detachedHead=false", "clone", "--quiet", "/raadhuis.bundle", CLONE],
    hear,
  );
  const { status } = await cloning.ended();
  if (status !== 0) throw new Error(`git clone ended with ${status}.`);
}

/** Starts the demo, looks at it from this machine, and ends it. */
export async function tryDemo(machine: Machine, hear: Hear): Promise<Trial> {
  const command = ["bin/start", "--demo", "--json"];
  const began = performance.now();
  const env = { ...machine.env, ...((await areFree(8080)) ? {} : { PORT: `${await freePorts()}` }) };
  const run = new Run({ ...machine, env }, CLONE, command, hear);
  const late = setTimeout(() => run.stop(), SET_UP_MS);
  const line = await run.firstLine();
  clearTimeout(late);
  const how = [line === null ? `never ready, in ${seconds(began)}` : `ready after ${seconds(began)}`];
  const faults = line === null ? ["no line of addresses"] : await look(line);

  const asked = performance.now();
  if (line !== null) run.stop();
  const { status, left } = await run.ended();
  if (performance.now() - asked > STOP_MS) faults.push(`took ${seconds(asked)} to end`);
  if (status !== 0 && status !== 143) faults.push(`ended with ${status}`);
  faults.push(...left.map((process) => `left running: ${process}`));
  how.push(...(faults.length > 0 ? faults : ["chamber and gallery answered, and it ended with all it had started"]));
  return { what: command.join(" "), well: faults.length === 0, how: how.join("; ") };
}

/** What is wrong with a house that is ready. @param line of its addresses */
async function look(line: string): Promise<string[]> {
  const { home, gallery } = ReadyLine.parse(JSON.parse(line));
  const addresses = [home, gallery].flatMap((address) => [address, new URL("/healthz", address).href]);
  return (await Promise.all(addresses.map(faultOf))).flat();
}

/** Runs tests. @param paths as for bin/test */
export async function runTests(machine: Machine, paths: readonly string[], hear: Hear): Promise<Trial> {
  const began = performance.now();
  const run = new Run(machine, CLONE, ["bin/test", ...paths], hear);
  const { status, left } = await run.ended();
  const faults = left.map((line) => `left running: ${line}`);
  const how = [`${run.lastLine} (${seconds(began)})`, ...faults].join("; ");
  return { what: ["bin/test", ...paths].join(" "), well: status === 0 && faults.length === 0, how };
}

/** Why this address does not answer well. */
async function faultOf(address: string): Promise<string[]> {
  try {
    const { status } = await fetch(address, { signal: AbortSignal.timeout(10_000) });
    return status === 200 ? [] : [`${address} answered ${status}`];
  } catch (error) {
    return [`${address} did not answer: ${error}`];
  }
}

const seconds = (since: number) => `${Math.round((performance.now() - since) / 1000)} s`;
