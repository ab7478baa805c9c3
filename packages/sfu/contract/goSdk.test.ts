import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { withGo } from "./kit/goPeople.ts";
import type { GoPerson } from "./kit/goPerson.ts";
import { blue, red } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { Samples } from "./kit/samples.ts";

/** Whoever is offered what they cannot read is put out some 15 s later, and comes in anew. */
const wasNeverPutOut = (one: GoPerson) =>
  assert.ok(!one.happenings.some(({ kind }) => kind === "reconnecting" || kind === "disconnected"));

const samples = new Samples();
after(() => samples.end());

for (const single of [false, true]) {
  const connections = single ? "one peer connection" : "two peer connections";
  describe(`LiveKit's Go SDK with ${connections}`, { ...patience, ...withGo }, () => {
    const room = roomForEach(`go-${single ? "single" : "dual"}`);

    it("hears and sees whoever comes after others have gone, again and again", async () => {
      const listener = await room.goPerson("listener", { single });
      for (const [index, hertz] of [440, 990, 660, 440].entries()) {
        const identity = `speaker-${index}`;
        const height = [180, 360, 270][index % 3] ?? 0;
        const speaker = await room.goPerson(identity, { single });
        // Sound, then picture; the other way round; picture alone: sections are used again for the other kind, too.
        if (index % 3 === 0) await speaker.sing(samples.tone(hertz));
        await speaker.show(samples.picture(red, height));
        if (index % 3 === 1) await speaker.sing(samples.tone(hertz));
        await Promise.all([
          listener.seesHeight(`${identity}/camera`, height),
          ...(index % 3 === 2 ? [] : [listener.hears(`${identity}/microphone`, hertz)]),
        ]);
        await speaker.leave();
        await listener.happened("participantDisconnected", { identity });
      }
      wasNeverPutOut(listener);
    });

    it("and tracks that come and go while all stay", async () => {
      const [speaker, listener] = [
        await room.goPerson("speaker", { single }),
        await room.goPerson("listener", { single }),
      ];
      for (const [hertz, height] of [
        [440, 180],
        [990, 360],
        [660, 270],
      ] as const) {
        const sids = [await speaker.show(samples.picture(red, height)), await speaker.sing(samples.tone(hertz))];
        await Promise.all([listener.seesHeight("speaker/camera", height), listener.hears("speaker/microphone", hertz)]);
        for (const sid of hertz === 990 ? sids : sids.reverse()) await speaker.unpublish(sid);
        await listener.knowsTracks("speaker");
      }
      wasNeverPutOut(listener);
    });

    it("among browsers, which come and go like it, both ways", async () => {
      const [anna, goStays] = [await room.person("anna"), await room.goPerson("go-stays", { single })];
      for (const [round, hertz, colour] of [
        [1, 440, red],
        [2, 990, blue],
      ] as const) {
        const [bert, go] = [await room.person(`bert-${round}`), await room.goPerson(`go-${round}`, { single })];
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
          ...[go, goStays].flatMap((one) => [
            one.receives(`bert-${round}/microphone`),
            one.receives(`bert-${round}/camera`),
          ]),
          goStays.hears(`go-${round}/microphone`, hertz),
        ]);
        await Promise.all([bert.call("leave"), go.leave()]);
        await goStays.happened("participantDisconnected", { identity: `bert-${round}` });
      }
      wasNeverPutOut(goStays);
    });

    it("that offers codecs which are not taken here, too, loses no more than those", async () => {
      const speaker = await room.goPerson("speaker", { single });
      await speaker.sing(samples.tone(440));
      const picky = await room.goPerson("picky", { single, codecs: ["audio/opus", "video/H265"] });
      await picky.hears("speaker/microphone", 440);
      await speaker.show(samples.picture(red));
      await picky.sing(samples.tone(990));
      await speaker.hears("picky/microphone", 990);
      await picky.hears("speaker/microphone", 440);
      wasNeverPutOut(picky);
    });
  });
}
