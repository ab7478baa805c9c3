/** How often a line is written where no bar can be drawn, ms. */
const LINE_EVERY = 5000;
const BAR = 30;

/** What goes on now, in the order in which it began: a terminal has one line for it, the first one's. @type {symbol[]} */
const shown = [];

/**
 * Shows on stderr that something goes on, and how far: a bar on a terminal, elsewhere a line every few seconds.
 * @param {string} what
 */
export function progress(what) {
  const self = Symbol(what);
  shown.push(self);
  const started = Date.now();
  let [done, total, shownAt] = [0, 0, 0];
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const show = () => {
    const tty = process.stderr.isTTY;
    const now = Date.now();
    if (now - shownAt < (tty ? 100 : LINE_EVERY) || (tty && shown[0] !== self)) return;
    shownAt = now;
    const far = total > 0 ? ` ${done} of ${total}` : "";
    if (!tty) return void process.stderr.write(`${what}:${far} (${seconds()} s)\n`);
    const filled = total > 0 ? Math.round((BAR * done) / total) : 0;
    const bar = total > 0 ? ` [${"#".repeat(filled)}${".".repeat(BAR - filled)}]` : "";
    process.stderr.write(`\r\x1b[K${what}${bar}${far} (${seconds()} s)`);
  };
  const timer = setInterval(show, 500);
  show();
  return {
    /** @param {number} of */
    expect(of) {
      total = of;
    },
    step() {
      done = Math.min(done + 1, total);
      show();
    },
    /** @param {boolean} well */
    end(well) {
      clearInterval(timer);
      shown.splice(shown.indexOf(self), 1);
      if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
      process.stderr.write(`${what}: ${well ? "done" : "failed"} after ${seconds()} s\n`);
    },
  };
}
