import { describe, it } from "node:test";
import { TrackSource } from "@livekit/rtc-node";
import { blue, red } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { until } from "./kit/wait.ts";

/** Many come and go, so that each section is used again and again, for sound as for pictures. */
describe("whoever stays goes on seeing and hearing those who come", patience, () => {
  const room = roomForEach("turnover");
  const people = 15;

  for (const client of ["livekit-client-2.15", "livekit-client-2.5"] as const)
    it(`${client}, with two peer connections`, async () => {
      const [stays, comes] = [await room.person("stays", { client }), await room.person("comes")];
      for (let count = 0; count < people; count++) {
        const colour = count % 2 === 0 ? red : blue;
        // By turns sound alone, picture alone, and one after the other.
        if (count % 3 !== 1) await comes.sing(count % 2 === 0 ? 440 : 990);
        if (count % 3 !== 0) await comes.show(colour);
        await stays.knowsTracks(
          "comes",
          ...(count % 3 !== 1 ? (["microphone"] as const) : []),
          ...(count % 3 !== 0 ? (["camera"] as const) : []),
        );
        if (count >= people - 3) {
          if (count % 3 !== 1) await stays.hears("comes/microphone", count % 2 === 0 ? 440 : 990);
          if (count % 3 !== 0) await stays.sees("comes/camera", colour);
        }
        if (count % 3 !== 1) await comes.call("unpublish", "microphone");
        if (count % 3 !== 0) await comes.call("unpublish", "camera");
        await stays.knowsTracks("comes");
      }
    });

  it("rtc-node, while thirty come and go", async () => {
    const stays = await room.synthetic("stays");
    for (let count = 0; count < 2 * people; count++) {
      const one = await room.synthetic(`guest-${count}`);
      const hertz = [440, 700, 990][count % 3] ?? 0;
      if (count % 2 === 0) await one.sing(hertz);
      else await one.show(82, 100, 210, { width: 160, height: 90 });
      const key = `guest-${count}/${count % 2 === 0 ? TrackSource.SOURCE_MICROPHONE : TrackSource.SOURCE_CAMERA}`;
      if (count % 2 === 0) await stays.hears(key, hertz);
      else await until(`${key} is seen`, () => (stays.pictures.get(key)?.frames ?? 0) > 1);
      await one.leave();
    }
  });
});
