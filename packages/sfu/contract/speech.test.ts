import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Browsing, type Person, startBrowsing } from "./kit/browser.ts";
import { own, type ServerUnderTest, serverUnderTest } from "./kit/server.ts";
import { endSynthetics, Synthetic } from "./kit/synthetic.ts";
import { eventually, until } from "./kit/wait.ts";

interface Telling {
  kind: string;
  at: number;
  identities: string[];
  levels: number[];
}

describe("who is heard", { timeout: 600_000 }, () => {
  let server: ServerUnderTest;
  let browsing: Browsing;
  let count = 0;
  let room = "";

  before(async () => {
    [server, browsing] = await Promise.all([serverUnderTest(), startBrowsing()]);
  });
  after(async () => {
    await Promise.all([server.stop(), browsing.stop(), endSynthetics()]);
  });

  const newRoom = () => {
    room = `speech-${++count}`;
  };
  const person = async (identity: string): Promise<Person> => {
    const opened = await browsing.open();
    await opened.join(server.url, await server.ticket(identity, { room }));
    return opened;
  };
  const tellings = async (one: Person) =>
    (await one.call<Telling[]>("events")).filter((event) => event.kind === "speakers");
  const speakersAre = (one: Person, ...identities: string[]) =>
    until(`speakers ${identities}`, async () => {
      const last = (await tellings(one)).at(-1);
      return (last?.identities ?? []).join() === identities.join() && (last ?? true);
    });

  it("is told with levels, the loudest first, however many speak at once", async () => {
    newRoom();
    const [anna, bert, carl, dora] = [
      await person("anna"),
      await person("bert"),
      await person("carl"),
      await person("dora"),
    ];
    await anna.call("publishTone", 440, "microphone", { loudness: 0.15 });
    await bert.call("publishTone", 700, "microphone", { loudness: 0.9 });
    // Some 66 dB below full scale: no speech.
    await carl.call("publishTone", 990, "microphone", { loudness: 0.0005 });
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
    await Promise.all([anna, bert, carl, dora].map((one) => one.page.close()));
  });

  it("is told to who comes while others speak", own("LiveKit waits until a level changes"), async () => {
    newRoom();
    const anna = await person("anna");
    const bert = await person("bert");
    await anna.call("publishTone", 440);
    await speakersAre(bert, "anna");
    const late = await person("late");
    await speakersAre(late, "anna");
    await Promise.all([anna, bert, late].map((one) => one.page.close()));
  });

  it("comes with redundancy where it is wished, and without where it is not", async () => {
    newRoom();
    const anna = await person("anna");
    const bert = await person("bert");
    await anna.call("publishTone", 440, "microphone", { red: true });
    await bert.call("publishTone", 700, "microphone", { red: false });
    const carl = await browsing.open();
    await carl.call("cannotDecode", "audio/red");
    await carl.join(server.url, await server.ticket("carl", { room }));
    await bert.hears("anna/microphone", 440);
    await anna.hears("bert/microphone", 700);
    await carl.hears("anna/microphone", 440);
    const mimeType = async (identity: string) => (await server.api.getParticipant(room, identity)).tracks[0]?.mimeType;
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
    await Promise.all([anna, bert, carl].map((one) => one.page.close()));
  });

  it(
    "is, of more microphones than anyone can follow, whoever speaks now",
    own("LiveKit forwards them all"),
    async () => {
      newRoom();
      const choir = Array.from({ length: 13 }, () => new Synthetic());
      const soloist = new Synthetic();
      for (const [index, singer] of choir.entries())
        await singer.join(server.url, await server.ticket(`singer ${index}`, { room }), { autoSubscribe: false });
      await soloist.join(server.url, await server.ticket("soloist", { room }), { autoSubscribe: false });
      const dora = await person("dora");
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
      await Promise.all([dora.page.close(), ...[...choir, soloist].map((singer) => singer.leave())]);
    },
  );
});
