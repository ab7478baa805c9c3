import assert from "node:assert/strict";
import { test } from "node:test";
import type { MeetingId } from "@raadhuis/meeting";
import { ground } from "../testing/alone.ts";
import { listenForOrders } from "../testing/orders.ts";
import { Broadcasts } from "./broadcasts.ts";

test("while meetings are being taken up no egress hears that it is not wanted, whatever happens in its meeting", async (t) => {
  const { meetings, store, settings, log, plan, command } = await ground(t, 24410);
  const startsAt = Date.now() + 60_000;
  const [first, second] = [await plan({ startsAt }), await plan({ startsAt })];
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const loaded: MeetingId[] = [];
  const broadcasts = new Broadcasts({
    ...{ record: store.record, settings, zone: () => "Europe/Amsterdam", tell: () => undefined, log },
    tickets: { forEgress: async () => null },
    meetings: {
      load: (id) => meetings.load(id),
      loadReadable: async (id) => {
        loaded.push(id);
        if (loaded.length === 2) {
          reached.resolve();
          await goOn.promise;
        }
        return meetings.loadReadable(id);
      },
    },
  });
  t.after(() => broadcasts.stop());
  meetings.follow("broadcasts", (change) => broadcasts.follow(change));
  const egress = await listenForOrders(t);
  for (const { meeting } of [first, second]) await broadcasts.hear({ type: "egress.ready", meeting, ...egress.at });

  const started = broadcasts.start();
  await reached.promise;
  await command(loaded[0]!, { type: "addItem", item: "itemabcd", title: "Rondvraag" });
  await broadcasts.hear({ type: "egress.ready", meeting: loaded[0]!, ...egress.at });
  goOn.resolve();
  await started;
  await egress.order(({ meeting, agenda }) => meeting === loaded[0] && agenda.some(({ id }) => id === "itemabcd"));
  assert.deepEqual(
    egress.orders.filter(({ givenUp }) => givenUp),
    [],
  );
});
