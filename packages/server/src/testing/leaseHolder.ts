/** Another server, as far as a lease goes: keeps it, acts all the time while it holds it, and writes what it is told under it. */
import { once } from "node:events";
import { z } from "zod";
import { makeLog } from "../log.ts";
import { LeaseKeeper } from "../store/leaseKeeper.ts";
import { type Lease, LeaseLost, leaseStore } from "../store/leases.ts";
import { openDatabase } from "../store/openDatabase.ts";
import { At } from "./at.ts";

const Told = z.object({ at: At, name: z.string() });
const ToDo = z.object({ write: z.string(), lease: z.object({ name: z.string(), fence: z.int() }), stand: z.boolean() });
const say = (what: Record<string, unknown>) => process.send?.(what);

const told = once(process, "message");
say({ ready: true });
const { at, name } = Told.parse((await told)[0]);
const db = await openDatabase(at);
const leases = leaseStore(db);
const keeper = new LeaseKeeper({
  ...{ leases, name, log: makeLog("silent") },
  onGained: ({ fence }) => say({ gained: fence }),
  onLost: ({ fence }) => say({ lost: fence }),
});
keeper.start();

setInterval(() => {
  const { held } = keeper;
  if (held) say({ acted: held.fence });
}, 10);

const write = (id: string, lease: Lease, stand: boolean) =>
  db.transact(async (trx) => {
    await leases.whileHeld(trx, lease);
    await trx.insertInto("organ").values({ id, name: id, added_at: 1 }).execute();
    // In the middle of it, with all its locks.
    if (stand) process.kill(process.pid, "SIGSTOP");
    await trx.selectFrom("organ").selectAll().execute();
  });
process.on("message", (raw) => {
  const { write: id, lease, stand } = ToDo.parse(raw);
  write(id, lease, stand).then(
    () => say({ wrote: id }),
    (error) => say({ refused: id, isStale: error instanceof LeaseLost }),
  );
});
process.on("disconnect", () => process.exit());
