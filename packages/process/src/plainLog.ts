const levels = { info: 30, warn: 40, error: 50 } as const;

export type PlainLog = (level: keyof typeof levels, message: string, more?: object) => void;

/** As `makeLog` writes, without its machinery: for a process that reads nothing and writes little. */
export function plainLog(name: string): PlainLog {
  // A file on a full disk, for one: lines are lost, not the process.
  process.stderr.on("error", () => {});
  return (level, msg, more = {}) => {
    const line = { level: levels[level], time: Date.now(), process: name, pid: process.pid, ...more, msg };
    process.stderr.write(`${JSON.stringify(line)}\n`);
  };
}
