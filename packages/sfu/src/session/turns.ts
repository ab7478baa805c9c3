import type { Bucket } from "./limits.ts";

/** A piece of work for one participant that may take long, while nobody else is heard. */
export interface Task {
  /** Whose it is: tasks of one are done in their order. */
  owner: object;
  /** What its owner may use of the processor, ms; what it took is spent when it is done. */
  time: Bucket;
  /** Whether there is still somebody to do it for. */
  isWanted(): boolean;
  run(): void;
}

/** Of one owner. A client waits for the answer to one description before it sends another; each may be a mebibyte. */
const maxWaiting = 4;

/** What this thread has used of the processor, ms: a busy machine takes nothing from anybody's time. */
const cpuTime = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/**
 * One task in each turn of the event loop, so that everything else is heard between two of them, first of whoever has
 * most of their time left. Whoever has used theirs up waits until there is some again.
 */
export class Turns {
  readonly #cpu: () => number;
  readonly #waiting = new Map<object, Task[]>();
  /** A task was done in this turn. */
  #taken = false;
  #timer: NodeJS.Timeout | null = null;

  /** `cpu` in ms. */
  constructor(cpu: () => number = cpuTime) {
    this.#cpu = cpu;
  }

  /** Does it, at once or in its turn. `false`: too many of its owner's wait already, and it is not done. */
  take(task: Task): boolean {
    this.#forgetUnwanted();
    const own = this.#waiting.get(task.owner) ?? [];
    if (own.length >= maxWaiting) return false;
    if (!this.#taken && own.length === 0 && task.time.left > 0) {
      this.#run(task);
      return true;
    }
    this.#waiting.set(task.owner, [...own, task]);
    if (!this.#taken) this.#waitForTime();
    return true;
  }

  #run(task: Task): void {
    this.#taken = true;
    const before = this.#cpu();
    try {
      task.run();
    } finally {
      task.time.spend(this.#cpu() - before);
      setImmediate(() => this.#next());
    }
  }

  #next(): void {
    this.#taken = false;
    this.#forgetUnwanted();
    const first = [...this.#waiting.values()]
      .flatMap(([task]) => (task !== undefined && task.time.left > 0 ? [task] : []))
      .reduce<Task | null>((most, task) => (most && most.time.left >= task.time.left ? most : task), null);
    if (first === null) {
      this.#waitForTime();
      return;
    }
    const rest = this.#waiting.get(first.owner)?.slice(1) ?? [];
    if (rest.length > 0) this.#waiting.set(first.owner, rest);
    else this.#waiting.delete(first.owner);
    this.#run(first);
  }

  /** All that wait have used up their time: until the first of them has some again. */
  #waitForTime(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const waits = [...this.#waiting.values()].flatMap(([task]) => (task ? [task.time.msUntilSome] : []));
    if (waits.length === 0) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        if (!this.#taken) this.#next();
      },
      Math.min(...waits),
    );
  }

  #forgetUnwanted(): void {
    for (const [owner, tasks] of this.#waiting) {
      const wanted = tasks.filter((task) => task.isWanted());
      if (wanted.length === 0) this.#waiting.delete(owner);
      else if (wanted.length < tasks.length) this.#waiting.set(owner, wanted);
    }
  }
}
