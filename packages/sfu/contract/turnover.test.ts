import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { TrackSource } from "@livekit/rtc-node";
import { red } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { until } from "./kit/wait.ts";

describe("whoever stays", patience, () => {
  const room = roomForEach("turnover");
  const guests = 9;

  it("goes on seeing and hearing those who come, in few sections: clients of years ago, and rtc-node", async () => {
    const browsers = await Promise.all(
      (["livekit-client-2.15", "livekit-client-2.5"] as const).map((client) => room.person(client, { client })),
    );
    const node = await room.synthetic("node");
    for (let count = 0; count < guests; count++) {
      const identity = `guest-${count}`;
      const guest = await room.synthetic(identity);
      const hertz = [440, 700, 990][count % 3] ?? 0;
      // By turns picture, sound, and both: a section is used again for the other kind, too.
      const [sings, shows] = [count % 3 !== 0, count % 3 !== 1];
      if (sings) await guest.sing(hertz);
      // `red` in BT.601.
      if (shows) await guest.show(93, 98, 216, { width: 160, height: 90 });
      await Promise.all([
        ...browsers.flatMap((one) => [
          sings && one.hears(`${identity}/microphone`, hertz),
          shows && one.sees(`${identity}/camera`, red),
        ]),
        sings && node.hears(`${identity}/${TrackSource.SOURCE_MICROPHONE}`, hertz),
        shows && until(`${identity} is seen`, () => node.pictures.has(`${identity}/${TrackSource.SOURCE_CAMERA}`)),
      ]);
      await guest.leave();
    }
    // Each would have had its own: of twelve tracks and data, thirteen.
    for (const one of browsers) assert.ok((await one.call<number>("sections")) <= 8);
  });
});
