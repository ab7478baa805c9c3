import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AddTrackRequest, SimulcastCodec, TrackSource, TrackType, VideoLayer, VideoQuality } from "@livekit/protocol";
import { PublishedTrack } from "./track.ts";
import { describeMedia, newTrackInfo } from "./trackInfo.ts";

const camera = (...codecs: { codec: string; cid: string }[]) =>
  new AddTrackRequest({
    cid: codecs[0]?.cid ?? "cam",
    type: TrackType.VIDEO,
    source: TrackSource.CAMERA,
    simulcastCodecs: codecs.map((codec) => new SimulcastCodec(codec)),
  });
const both = camera({ codec: "av1", cid: "cam" }, { codec: "vp8", cid: "" });

describe("a track in more than one codec", () => {
  it("goes to each in the first that can be decoded, the publisher's own before its backup", () => {
    const track = new PublishedTrack(both);
    assert.equal(track.codecFor(new Set(["vp8", "av1", "h264"])), "av1");
    assert.equal(track.codecFor(new Set(["vp8", "h264"])), "vp8");
    assert.equal(track.codecFor(new Set(["h264"])), null);
  });

  it("has no backup that was not announced, nor one that is not forwarded", () => {
    assert.equal(new PublishedTrack(camera({ codec: "av1", cid: "cam" })).codecFor(new Set(["vp8"])), null);
    const odd = new PublishedTrack(camera({ codec: "av1", cid: "cam" }, { codec: "h266", cid: "" }));
    assert.equal(odd.codecFor(new Set(["h266"])), null);
  });

  it("knows its sections by the client's ids, the last of each codec that was announced", () => {
    const track = new PublishedTrack(both);
    for (let turn = 0; turn < 100; turn++)
      track.announceBackup(camera({ codec: "vp8", cid: `backup-${turn}` }, { codec: "vp9", cid: `other-${turn}` }));
    assert.equal(track.codecOf("cam"), "av1");
    assert.equal(track.codecOf("backup-99"), "vp8");
    assert.equal(track.codecOf("backup-98"), null);
    assert.equal(track.codecOf("other-99"), null);
  });

  it("is announced in it by its name, or by its MIME type, as LiveKit's Go SDK does it", () => {
    const track = new PublishedTrack(
      camera({ codec: "video/H264", cid: "cam" }, { codec: "video/VP8", cid: "second" }),
    );
    assert.equal(track.info.mimeType, "video/H264");
    assert.equal(track.codecOf("cam"), "h264");
    assert.equal(track.codecOf("second"), "vp8");
    assert.equal(track.codecFor(new Set(["vp8"])), "vp8");
    track.announceBackup(camera({ codec: "video/VP8", cid: "third" }));
    assert.equal(track.codecOf("third"), "vp8");
  });

  it("of sound goes to all who know Opus, whether they know RED or not", () => {
    const track = new PublishedTrack(new AddTrackRequest({ cid: "mic", type: TrackType.AUDIO }));
    assert.equal(track.codecFor(new Set(["opus"])), "red");
    assert.equal(track.codecFor(new Set(["g722"])), null);
  });
});

describe("what is told of a track's layers", () => {
  const { LOW, MEDIUM, HIGH } = VideoQuality;
  const toldOf = (codec: string, rids: readonly string[], ...qualities: VideoQuality[]) => {
    const layers = qualities.map((quality) => new VideoLayer({ quality }));
    const request = new AddTrackRequest({ cid: "cam", type: TrackType.VIDEO, layers });
    const info = newTrackInfo("TR_x", request, codec);
    describeMedia(info, { codec, mid: "1", rids, isFirst: true });
    assert.deepEqual(info.codecs[0]?.layers, info.layers);
    return info.layers.map(({ quality, rid, spatialLayer }) => [quality, rid, spatialLayer]);
  };

  it("is the encoding each comes in, and which spatial layer it is, from the lowest quality up", () => {
    const three = [
      [LOW, "q", 0],
      [MEDIUM, "h", 1],
      [HIGH, "f", 2],
    ];
    assert.deepEqual(toldOf("vp8", ["q", "h", "f"], LOW, MEDIUM, HIGH), three);
    assert.deepEqual(toldOf("vp8", ["q", "h", "f"], HIGH, LOW, MEDIUM), [three[2], three[0], three[1]]);
    assert.deepEqual(toldOf("vp8", ["q", "h"], LOW, HIGH), [
      [LOW, "q", 0],
      [HIGH, "h", 1],
    ]);
  });

  it("is no encoding where all layers come in one stream", () => {
    assert.deepEqual(toldOf("vp9", [], LOW, MEDIUM, HIGH), [
      [LOW, "", 0],
      [MEDIUM, "", 1],
      [HIGH, "", 2],
    ]);
    assert.deepEqual(toldOf("vp8", [], HIGH), [[HIGH, "", 0]]);
  });
});
