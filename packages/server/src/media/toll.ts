import { Transform } from "node:stream";
import type { Budgets } from "../http/budgets.ts";

const KiB = 1024;
const MiB = 1024 * KiB;

/**
 * What one seat may send to the media server, over all its sockets. Session descriptions are the most of it: half a
 * megabyte each in a council of a hundred, one whenever somebody joins. The media server's own limits
 * (sfu/src/session/limits.ts) are narrower; this one is for what never becomes a message, and for any media server.
 */
export const signallingRate = { burst: 32 * MiB, perSecond: MiB };

/** A read costs as much as some bytes do, however few it brings; so does a socket that opens. */
const READ_BYTES = 512;
export const OPENING_BYTES = 64 * KiB;
/** Whoever owes more than this, or time and again for longer than this, is not slow but up to no good. */
const MAX_DEBT_MS = 10_000;

/** Passes on what its owner can pay, and waits where they owe; `onOver`: they went on and on. */
export function toll(budgets: Budgets, owner: string, onOver: () => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const { waitMs, forMs } = budgets.spend(owner, chunk.length + READ_BYTES);
      if (waitMs > MAX_DEBT_MS || forMs > MAX_DEBT_MS) {
        onOver();
        return;
      }
      if (waitMs === 0) done(null, chunk);
      else setTimeout(() => done(null, chunk), waitMs).unref();
    },
  });
}
