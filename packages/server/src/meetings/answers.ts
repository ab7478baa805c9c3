/** Messages of one page waiting to be answered. */
const MOST = 256;

/** What one page asks, answered in the order in which it asks. */
export class Answers {
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  get isFull(): boolean {
    return this.#waiting >= MOST;
  }

  /** After all that was asked before. `answer` never fails: it tells the page of what goes wrong. */
  inTurn(answer: () => Promise<void>): void {
    this.#last = this.#run(this.#last, answer);
  }

  /** Does not wait behind a command that waits for another program's lock. */
  atOnce(answer: () => Promise<void>): void {
    void this.#run(Promise.resolve(), answer);
  }

  /** When all that has been asked in turn by now is answered. */
  whenDone(then: () => void): void {
    void this.#last.then(then);
  }

  #run(before: Promise<void>, answer: () => Promise<void>): Promise<void> {
    this.#waiting++;
    return before.then(answer).finally(() => {
      this.#waiting--;
    });
  }
}
