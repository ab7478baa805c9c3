import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { withGo } from "./kit/goPeople.ts";
import type { GoPerson } from "./kit/goPerson.ts";
import { blue, red } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { Samples } from "./kit/samples.ts";

describe("LiveKit's Go SDK, with two peer connections and with one", { ...patience, ...withGo }, () => {
  const room = roomForEach("go");
  const samples = new Samples();
  after(() => samples.end());

  /** Of both kinds. */
  const both = (identity: string): Promise<GoPerson[]> =>
    Promise.all([room.goPerson(`${identity}-two`), room.goPerson(`${identity}-one`, { single: true })]);

  /** Whoever is offered what they cannot read is put out some 15 s later, and comes in anew. */
  const wereNeverPutOut = (people: GoPerson[]) => {
    for (const { happenings } of people)
      assert.ok(!happenings.some(({ kind }) => kind === "reconnecting" || kind === "disconnected"));
  };

  it("hears and sees whoever comes after others have gone, again and again", async () => {
    const listeners = await both("listener");
    for (const [index, hertz] of [440, 990, 660, 440].entries()) {
      const identity = `speaker-${index}`;
      const height = [180, 360, 270][index % 3] ?? 0;
      const speaker = await room.goPerson(identity, { single: index % 2 === 1 });
      // Sound, then picture; the other way round; picture alone: sections are used again for the other kind, too.
      if (index % 3 === 0) await speaker.sing(samples.tone(hertz));
      await speaker.show(samples.picture(red, height));
      if (index % 3 === 1) await speaker.sing(samples.tone(hertz));
      await Promise.all(
        listeners.flatMap((listener) => [
          listener.seesHeight(`${identity}/camera`, height),
          index % 3 !== 2 && listener.hears(`${identity}/microphone`, hertz),
        ]),
      );
      await speaker.leave();
      for (const listener of listeners) await listener.happened("participantDisconnected", { identity });
    }
    wereNeverPutOut(listeners);
  });

  it("and tracks that come and go while all stay", async () => {
    const [speakers, listeners] = [await both("speaker"), await both("listener")];
    for (const [hertz, height] of [
      [440, 180],
      [990, 360],
    ] as const) {
      for (const speaker of speakers) {
        const { identity } = await speaker.me();
        const sids = [await speaker.show(samples.picture(red, height)), await speaker.sing(samples.tone(hertz))];
        await Promise.all(
          listeners.flatMap((listener) => [
            listener.seesHeight(`${identity}/camera`, height),
            listener.hears(`${identity}/microphone`, hertz),
          ]),
        );
        for (const sid of hertz === 990 ? sids : sids.reverse()) await speaker.unpublish(sid);
        for (const listener of listeners) await listener.knowsTracks(identity);
      }
    }
    wereNeverPutOut([...speakers, ...listeners]);
  });

  it("among browsers, which come and go like it, both ways", async () => {
    const [anna, stay] = [await room.person("anna"), await both("stays")];
    for (const [round, hertz, colour] of [
      [1, 440, red],
      [2, 990, blue],
    ] as const) {
      const [bert, go] = [
        await room.person(`bert-${round}`),
        await room.goPerson(`go-${round}`, { single: round === 2 }),
      ];
      await bert.show(colour);
      await bert.sing(hertz);
      await go.sing(samples.tone(hertz));
      await go.show(samples.picture(colour, 180));
      await Promise.all([
        ...[anna, bert].flatMap((one) => [
          one.sees(`go-${round}/camera`, colour),
          one.hears(`go-${round}/microphone`, hertz),
        ]),
        anna.sees(`bert-${round}/camera`, colour),
        ...[go, ...stay].flatMap((one) => [
          one.receives(`bert-${round}/microphone`),
          one.receives(`bert-${round}/camera`),
        ]),
        ...stay.map((one) => one.hears(`go-${round}/microphone`, hertz)),
      ]);
      await Promise.all([bert.call("leave"), go.leave()]);
      for (const one of stay) await one.happened("participantDisconnected", { identity: `bert-${round}` });
    }
    wereNeverPutOut(stay);
  });

  it("that offers codecs which are not taken here, too, loses no more than those", async () => {
    const codecs = ["audio/opus", "video/H265"];
    const speaker = await room.goPerson("speaker");
    await speaker.sing(samples.tone(440));
    const picky = [
      await room.goPerson("picky-two", { codecs }),
      await room.goPerson("picky-one", { codecs, single: true }),
    ];
    const hear = () => Promise.all(picky.map((one) => one.hears("speaker/microphone", 440)));
    await hear();
    await speaker.show(samples.picture(red));
    for (const one of picky) await one.sing(samples.tone(990));
    await Promise.all(["two", "one"].map((which) => speaker.hears(`picky-${which}/microphone`, 990)));
    await hear();
    wereNeverPutOut(picky);
  });
});
