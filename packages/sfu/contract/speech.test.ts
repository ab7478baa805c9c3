import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Person } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { own } from "./kit/server.ts";
import { eventually, until } from "./kit/wait.ts";

describe("who is heard", patience, () => {
  const room = roomForEach("speech");

  const tellings = (one: Person) => one.noted<{ identities: string[]; levels: number[] }>("speakers");
  const speakersAre = (one: Person, ...identities: string[]) =>
    until(`speakers ${identities}`, async () => {
      const last = (await tellings(one)).at(-1);
      return (last?.identities ?? []).join() === identities.join() && (last ?? true);
    });

  it("is told with levels, the loudest first, however many speak at once", async () => {
    const [anna, bert, carl, dora] = [
      await room.person("anna"),
      await room.person("bert"),
      await room.person("carl"),
      await room.person("dora"),
    ];
    await anna.sing(440, { loudness: 0.15 });
    await bert.sing(700, { loudness: 0.9 });
    // Some 66 dB below full scale: no speech.
    await carl.sing(990, { loudness: 0.0005 });
    await dora.hears("bert/microphone", 700);
    const telling = await speakersAre(dora, "bert", "anna");
    assert.ok(telling !== true);
    const [loud = 0, quiet = 0] = telling.levels;
    assert.ok(loud > quiet && loud <= 1 && quiet > 0, `${telling.levels}`);
    await bert.call("setMuted", "microphone", true);
    await speakersAre(dora, "anna");
    const times = (await tellings(dora)).map(({ at }) => at);
    // Over all of the time, as what is sent evenly may arrive in a heap on a busy machine.
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
    assert.ok(times.length <= 4 + 3 * seconds, `${times.length} times in ${seconds} s: at most 3 a second`);
  });

  it("is told to who comes while others speak", own("LiveKit waits until a level changes"), async () => {
    const anna = await room.person("anna");
    const bert = await room.person("bert");
    await anna.sing(440);
    await speakersAre(bert, "anna");
    const late = await room.person("late");
    await speakersAre(late, "anna");
  });

  it("comes with redundancy where it is wished, and without where it is not", async () => {
    const anna = await room.person("anna");
    const bert = await room.person("bert");
    await anna.sing(440, { red: true });
    await bert.sing(700, { red: false });
    const carl = await room.page();
    await carl.call("cannotDecode", "audio/red");
    await room.enter(carl, "carl");
    await bert.hears("anna/microphone", 440);
    await anna.hears("bert/microphone", 700);
    await carl.hears("anna/microphone", 440);
    const mimeType = async (identity: string) => (await room.trackOf(identity))?.mimeType;
    await eventually(async () =>
      assert.deepEqual([await mimeType("anna"), await mimeType("bert")], ["audio/red", "audio/opus"]),
    );
    // Chromium calls both Opus; with redundancy each packet carries the one before it too.
    const size = async (one: Person, way: "in" | "out") => {
      const all = await one.call<{ direction: string; kind: string; bytes: number; packets: number }[]>("coding");
      const sound = all.find((entry) => entry.direction === way && entry.kind === "audio" && entry.packets > 50);
      return sound ? sound.bytes / sound.packets : 0;
    };
    for (const [redundant, plain] of [
      [() => size(anna, "out"), () => size(bert, "out")],
      [() => size(bert, "in"), () => size(anna, "in")],
      [() => size(bert, "in"), () => size(carl, "in")],
    ] as const)
      await until("twice the size", async () => (await plain()) > 0 && (await redundant()) > 1.6 * (await plain()));
  });

  it(
    "is, of more microphones than anyone can follow, whoever speaks now",
    own("LiveKit forwards them all"),
    async () => {
      const choir = [];
      for (let index = 0; index < 13; index++)
        choir.push(await room.synthetic(`singer ${index}`, { autoSubscribe: false }));
      const soloist = await room.synthetic("soloist", { autoSubscribe: false });
      const dora = await room.person("dora");
      // Fourteen people with open microphones, of whom none is silent: more than the twelve up to whom all are forwarded.
      await Promise.all(choir.map((singer, index) => singer.sing(300 + index * 30, 0.01)));
      await soloist.sing(950, 0.3);
      await dora.hears("soloist/microphone", 950);
      const arriving = async () => {
        const first = await dora.call<{ direction: string; bytes: number }[]>("coding");
        await new Promise((resolve) => setTimeout(resolve, 500));
        const second = await dora.call<{ direction: string; bytes: number }[]>("coding");
        return second.filter(({ direction, bytes }, index) => direction === "in" && bytes > (first[index]?.bytes ?? 0))
          .length;
      };
      await until("eight of fourteen", async () => (await arriving()) === 8, 120_000);
    },
  );
});
