import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { type Carrier, Placements, type Use } from "./placements.ts";

/** A carrier's own rules, with answers that come when `work` is called: later than anything the front does meanwhile. */
class Process implements Carrier {
  load = { cpu: 0, people: 0, rooms: 0 };
  readonly number: number;
  readonly rooms = new Set<string>();
  readonly #allowed = new Set<string>();
  #inbox: (() => void)[] = [];

  constructor(number: number) {
    this.number = number;
  }

  place(room: string): Promise<boolean> {
    return this.#ask(() => {
      this.#allowed.add(room);
      return true;
    });
  }

  release(room: string): Promise<boolean> {
    return this.#ask(() => !this.rooms.has(room) && (this.#allowed.delete(room) || true));
  }

  evict(room: string): void {
    this.rooms.delete(room);
  }

  /** A join or CreateRoom that was passed on to it. */
  open(room: string): boolean {
    if (!this.rooms.has(room) && !this.#allowed.has(room)) return false;
    this.rooms.add(room);
    return true;
  }

  /** A new front: what was allowed and is no room, is not allowed any more. */
  hello(): string[] {
    this.#inbox = [];
    this.#allowed.clear();
    for (const room of this.rooms) this.#allowed.add(room);
    return [...this.rooms];
  }

  work(): void {
    const inbox = this.#inbox;
    this.#inbox = [];
    for (const answer of inbox) answer();
  }

  #ask(run: () => boolean): Promise<boolean> {
    return new Promise((resolve) => this.#inbox.push(() => resolve(run())));
  }
}

describe("which room is in which process", () => {
  it("brings everybody of one room to one process, and other rooms to others", async () => {
    const placements = new Placements<Process>();
    const processes = [new Process(1), new Process(2)];
    for (const process of processes) placements.attached(process, []);
    const uses = [placements.use("a"), placements.use("b"), placements.use("a")];
    for (const process of processes) process.work();
    const [first, second, again] = await Promise.all(uses);
    assert.ok(first && second && again);
    assert.equal(first.carrier, again.carrier);
    assert.notEqual(first.carrier, second.carrier);
  });

  it("takes over what is there when it begins anew, and has what is there twice closed", () => {
    const placements = new Placements<Process>();
    const [one, two] = [new Process(1), new Process(2)];
    one.rooms.add("a");
    two.rooms.add("a").add("b");
    for (const process of [one, two]) placements.attached(process, process.hello());
    assert.equal(placements.holder("a"), one);
    assert.equal(placements.holder("b"), two);
    assert.deepEqual([...two.rooms], ["b"]);
  });

  it("forgets the rooms of a process that died, and has them made elsewhere", async () => {
    const placements = new Placements<Process>();
    const [one, two] = [new Process(1), new Process(2)];
    one.rooms.add("a");
    for (const process of [one, two]) placements.attached(process, process.hello());
    placements.lost(one);
    const use = placements.use("a");
    two.work();
    assert.equal((await use)?.carrier, two);
  });

  it("knows of no place when there is none, or when the one chosen does not answer", async () => {
    const placements = new Placements<Process>();
    assert.equal(await placements.use("a"), null);
    const mute = new Process(1);
    mute.place = async () => false;
    placements.attached(mute, []);
    assert.equal(await placements.use("a"), null);
  });

  it("never lets two processes have a room, whatever comes in whatever order", async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ what: fc.constant("join" as const) }) },
      { weight: 2, arbitrary: fc.record({ what: fc.constant("arrive" as const), which: fc.nat(9) }) },
      { weight: 3, arbitrary: fc.record({ what: fc.constant("leave" as const), which: fc.nat(9) }) },
      { weight: 4, arbitrary: fc.record({ what: fc.constant("work" as const), which: fc.nat(2) }) },
      { weight: 2, arbitrary: fc.record({ what: fc.constant("end" as const) }) },
      { weight: 3, arbitrary: fc.record({ what: fc.constant("busy" as const), which: fc.nat(2), cpu: fc.nat(9) }) },
      { weight: 1, arbitrary: fc.record({ what: fc.constant("new front" as const) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 50, maxLength: 100, size: "max" }), async (steps) => {
        const processes = [new Process(1), new Process(2), new Process(3)];
        let placements = new Placements<Process>();
        for (const process of processes) placements.attached(process, []);
        /** Requests that were passed on and may arrive at any time, also after their front is gone. */
        const underWay: Use<Process>[] = [];
        const inside: Use<Process>[] = [];
        for (const now of steps) {
          if (now.what === "join") {
            void placements.use("a").then((use) => use && underWay.push(use));
          } else if (now.what === "arrive") {
            const [arrived] = underWay.splice(now.which % Math.max(1, underWay.length), 1);
            if (arrived?.carrier.open("a")) inside.push(arrived);
            else arrived?.done();
          } else if (now.what === "leave") inside.splice(now.which % Math.max(1, inside.length), 1)[0]?.done();
          else if (now.what === "work") processes[now.which]?.work();
          else if (now.what === "busy") {
            const process = processes[now.which];
            if (process) process.load = { ...process.load, cpu: now.cpu };
          } else if (now.what === "end") {
            for (const process of processes) if (process.rooms.delete("a")) placements.closed(process, "a");
          } else {
            placements = new Placements();
            for (const process of processes) placements.attached(process, process.hello());
          }
          await setImmediate();
          assert.ok(processes.filter(({ rooms }) => rooms.has("a")).length <= 1, "it is in two processes");
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps nothing of a room that is over", async () => {
    const placements = new Placements<Process>();
    const process = new Process(1);
    placements.attached(process, []);
    const use = placements.use("a");
    process.work();
    const got = await use;
    process.open("a");
    got?.done();
    process.work();
    await setImmediate();
    assert.equal(placements.holder("a"), process, "its carrier holds it");
    process.rooms.delete("a");
    placements.closed(process, "a");
    process.work();
    await setImmediate();
    assert.equal(placements.holder("a"), null);
  });
});
