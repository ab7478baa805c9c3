// One participant in a page: publishes a colour and a tone, and tells what it sees and hears of the others.
/* global LivekitClient */
const { Room, RoomEvent, VideoQuality } = LivekitClient;

const heard = new AudioContext({ sampleRate: 48000 });
/** Firefox's AudioContext waits for a sound card for ever; what plays and what is recorded needs none. */
const noSoundCard = /firefox/i.test(navigator.userAgent);
const events = [];
let room = null;
let watched = {};
const note = (kind, detail = {}) => events.push({ at: performance.now(), kind, ...detail });

function watch(joined) {
  joined
    .on(RoomEvent.ParticipantConnected, (p) => note("participantConnected", { identity: p.identity }))
    .on(RoomEvent.ParticipantDisconnected, (p) => note("participantDisconnected", { identity: p.identity }))
    .on(RoomEvent.TrackSubscribed, (track, publication, p) => {
      note("trackSubscribed", { identity: p.identity, source: publication.source });
      attach(track, publication, p);
    })
    .on(RoomEvent.TrackUnsubscribed, (track, publication, p) => {
      note("trackUnsubscribed", { identity: p.identity, source: publication.source });
      for (const element of track.detach()) element.remove();
    })
    .on(RoomEvent.TrackMuted, (publication, p) =>
      note("trackMuted", { identity: p.identity, source: publication.source }),
    )
    .on(RoomEvent.TrackUnmuted, (publication, p) =>
      note("trackUnmuted", { identity: p.identity, source: publication.source }),
    )
    .on(RoomEvent.TrackSubscriptionPermissionChanged, (publication, status, p) =>
      note("permissionChanged", { identity: p.identity, source: publication.source, status }),
    )
    .on(RoomEvent.TrackSubscriptionFailed, (sid, p, reason) =>
      note("subscriptionFailed", { sid, identity: p.identity, reason }),
    )
    .on(RoomEvent.LocalTrackSubscribed, (publication) => note("localTrackSubscribed", { source: publication.source }))
    .on(RoomEvent.LocalTrackUnpublished, (publication) => note("localTrackUnpublished", { source: publication.source }))
    .on(RoomEvent.ActiveSpeakersChanged, (all) =>
      note("speakers", { identities: all.map((p) => p.identity), levels: all.map((p) => p.audioLevel) }),
    )
    .on(RoomEvent.SignalReconnecting, () => note("signalReconnecting"))
    .on(RoomEvent.Reconnecting, () => note("reconnecting"))
    .on(RoomEvent.Reconnected, () => note("reconnected"))
    .on(RoomEvent.Disconnected, (reason) => note("disconnected", { reason }));
}

const shown = new Map();
function attach(track, publication, participant) {
  const key = `${participant.identity}/${publication.source}`;
  const element = track.attach();
  element.muted = true;
  document.body.append(element);
  if (track.kind === "video") {
    shown.set(key, element);
    return;
  }
  if (noSoundCard) {
    shown.set(key, track.mediaStreamTrack);
    return;
  }
  const analyser = heard.createAnalyser();
  analyser.fftSize = 8192;
  heard.createMediaStreamSource(new MediaStream([track.mediaStreamTrack])).connect(analyser);
  shown.set(key, analyser);
}

function paint(colour, width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d");
  let count = 0;
  setInterval(() => {
    pen.fillStyle = colour;
    pen.fillRect(0, 0, width, height);
    // Something that moves, in a corner that no test looks at.
    pen.fillStyle = "#fff";
    pen.fillRect((count++ * 4) % 64, 0, 8, 8);
  }, 66);
  return canvas.captureStream(15).getVideoTracks()[0];
}

/** A file that holds a tone, 48 kHz, 16 bit, one channel. */
function wave(hertz, seconds) {
  const count = 48000 * seconds;
  const file = new DataView(new ArrayBuffer(44 + 2 * count));
  const text = (at, letters) => {
    for (const [i, letter] of [...letters].entries()) file.setUint8(at + i, letter.charCodeAt(0));
  };
  text(0, "RIFF");
  file.setUint32(4, 36 + 2 * count, true);
  text(8, "WAVEfmt ");
  for (const [at, value] of [
    [16, 16],
    [24, 48000],
    [28, 96000],
    [40, 2 * count],
  ])
    file.setUint32(at, value, true);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ])
    file.setUint16(at, value, true);
  text(36, "data");
  for (let at = 0; at < count; at++)
    file.setInt16(44 + 2 * at, 13_000 * Math.sin((2 * Math.PI * hertz * at) / 48000), true);
  return new Blob([file], { type: "audio/wav" });
}

async function singFromFile(hertz) {
  const player = new Audio(URL.createObjectURL(wave(hertz, 60)));
  player.loop = true;
  await player.play();
  return player.mozCaptureStream().getAudioTracks()[0];
}

/** What a track holds now, by recording a little of it. */
async function recorded(track, ms) {
  const parts = [];
  const recorder = new MediaRecorder(new MediaStream([track]));
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise((resolve) => {
    recorder.onstop = resolve;
  });
  recorder.start();
  setTimeout(() => recorder.stop(), ms);
  await stopped;
  const bytes = await new Blob(parts).arrayBuffer();
  const sound = await new OfflineAudioContext(1, 48000, 48000).decodeAudioData(bytes).catch(() => null);
  return sound?.getChannelData(0) ?? null;
}

/** By passages through zero upwards. */
async function toneOf(track) {
  const samples = (await recorded(track, 500))?.subarray(-12_000);
  if (!samples?.length) return null;
  let rising = 0;
  for (let at = 1; at < samples.length; at++) if (samples[at - 1] < 0 && samples[at] >= 0) rising += 1;
  return {
    hertz: (rising * 48000) / samples.length,
    loudness: 20 * Math.log10(Math.max(...samples.map(Math.abs)) + 1e-9),
  };
}

function sing(hertz, loudness = 0.4) {
  if (noSoundCard) return singFromFile(hertz);
  const oscillator = heard.createOscillator();
  oscillator.frequency.value = hertz;
  const gain = heard.createGain();
  gain.gain.value = loudness;
  const out = heard.createMediaStreamDestination();
  oscillator.connect(gain).connect(out);
  oscillator.start();
  return out.stream.getAudioTracks()[0];
}

/** With `key`: encrypts end to end what it sends, pictures, sound and data. */
function encrypted({ key, ...options }) {
  if (!key) return options;
  const keyProvider = new LivekitClient.ExternalE2EEKeyProvider();
  keyProvider.setKey(key);
  return { ...options, encryption: { keyProvider, worker: new Worker("/e2ee.worker.js") } };
}

window.kit = {
  events: () => events,
  async join(url, token, options = {}) {
    if (!noSoundCard) await heard.resume();
    room = new Room(encrypted(options));
    watch(room);
    if (options.key) await room.setE2EEEnabled(true);
    await room.connect(url, token, {
      autoSubscribe: options.autoSubscribe ?? true,
      websocketTimeout: 60_000,
    });
    return { sid: room.localParticipant.sid, identity: room.localParticipant.identity };
  },
  /** Status with which it is not let in; `null`: it is, or does not come to know. */
  async refusal(url, token) {
    return window.kit.join(url, token).then(
      () => null,
      ({ status = null }) => status,
    );
  },
  /** State of the connection that it publishes by. */
  publishing: () => room.engine.pcManager.publisher._pc.connectionState,
  /** A page that lets itself do everything. */
  lie() {
    const all = { canPublish: true, canSubscribe: true, canPublishData: true, canPublishSources: [] };
    Object.defineProperty(room.localParticipant, "permissions", { get: () => all, set() {} });
  },
  /** A page that goes on sending, whatever the server says of its tracks and rights. */
  defy() {
    const { client } = room.engine;
    client.onLocalTrackUnpublished = () => {};
    client.onRemoteMuteChanged = () => {};
    const update = client.onParticipantUpdate;
    client.onParticipantUpdate = (infos) => update(infos.filter((info) => info.sid !== room.localParticipant.sid));
  },
  /** Announces a picture as a microphone. */
  disguise(colour) {
    const track = paint(colour, 640, 360);
    const send = room.engine.client.sendAddTrack.bind(room.engine.client);
    room.engine.client.sendAddTrack = (request) => {
      request.source = 2;
      return send(request);
    };
    return room.localParticipant.publishTrack(track, { source: "camera", simulcast: false });
  },
  /** A browser without this codec, as far as receiving goes. */
  cannotDecode(mimeType) {
    const { prototype } = RTCPeerConnection;
    const add = prototype.addTransceiver;
    prototype.addTransceiver = function (...args) {
      const transceiver = add.apply(this, args);
      const { kind } = transceiver.receiver.track;
      if (mimeType.startsWith(kind) && transceiver.direction === "recvonly")
        transceiver.setCodecPreferences(
          RTCRtpReceiver.getCapabilities(kind).codecs.filter((codec) => codec.mimeType !== mimeType),
        );
      return transceiver;
    };
  },
  /** A browser that lists its codecs as Safari does: H.264 first, and of it the higher profiles. */
  offerAsSafari() {
    const profile = ({ sdpFmtpLine = "" }) => /profile-level-id=(\w+)/.exec(sdpFmtpLine)?.[1] ?? "";
    const { prototype } = RTCPeerConnection;
    const add = prototype.addTransceiver;
    prototype.addTransceiver = function (...args) {
      const transceiver = add.apply(this, args);
      if (transceiver.receiver.track.kind === "video") {
        const side = transceiver.direction === "recvonly" ? RTCRtpReceiver : RTCRtpSender;
        const { codecs } = side.getCapabilities("video");
        transceiver.setCodecPreferences(codecs.toSorted((a, b) => profile(b).localeCompare(profile(a))));
      }
      return transceiver;
    };
  },
  /** Has the client take the server for one of this version: what it uses depends on that. */
  takeServerFor(version) {
    Object.defineProperty(room.engine, "serverVersion", { get: () => version });
  },
  room: () => room,
  leave: () => room.disconnect(),
  state: () => room.state,
  isRecording: () => room.isRecording,
  sid: () => room.localParticipant.sid,
  async publishColour(
    colour,
    { width = 640, height = 360, source = "camera", simulcast = false, codec = "vp8", ...options } = {},
  ) {
    const publication = await room.localParticipant.publishTrack(paint(colour, width, height), {
      source,
      simulcast,
      videoCodec: codec,
      // A busy machine sends fewer pictures then, not smaller ones, which tests would take for another layer.
      degradationPreference: "maintain-resolution",
      videoEncoding: { maxBitrate: 1_500_000, maxFramerate: 15 },
      screenShareEncoding: { maxBitrate: 1_500_000, maxFramerate: 15 },
      ...options,
    });
    return publication.trackSid;
  },
  async publishTone(hertz, source = "microphone", { loudness, ...options } = {}) {
    return (await room.localParticipant.publishTrack(await sing(hertz, loudness), { source, dtx: false, ...options }))
      .trackSid;
  },
  async unpublish(source) {
    const publication = room.localParticipant.getTrackPublication(source);
    await room.localParticipant.unpublishTrack(publication.track.mediaStreamTrack, true);
  },
  async setMuted(source, muted) {
    const publication = room.localParticipant.getTrackPublication(source);
    await (muted ? publication.mute() : publication.unmute());
  },
  setQuality(identity, source, quality) {
    room.remoteParticipants.get(identity).getTrackPublication(source).setVideoQuality(VideoQuality[quality]);
  },
  setDimensions(identity, source, width, height) {
    room.remoteParticipants.get(identity).getTrackPublication(source).setVideoDimensions({ width, height });
  },
  setEnabled(identity, source, enabled) {
    room.remoteParticipants.get(identity).getTrackPublication(source).setEnabled(enabled);
  },
  setSubscribed(identity, source, subscribed) {
    room.remoteParticipants.get(identity).getTrackPublication(source).setSubscribed(subscribed);
  },
  /** Lets these receive what is published, and nobody else; `null`: everybody. */
  permit(identities) {
    room.localParticipant.setTrackSubscriptionPermissions(
      identities === null,
      (identities ?? []).map((participantIdentity) => ({ participantIdentity, allowAll: true })),
    );
  },
  /** Whether somebody's track may be had: "allowed" or "not_allowed". */
  permission: (identity, source) =>
    room.remoteParticipants.get(identity)?.getTrackPublication(source)?.permissionStatus ?? null,
  speaking: () => room.activeSpeakers.map(({ identity }) => identity),
  /** ICE user fragment of the server, of the connection that is received by. */
  serverUfrag() {
    const { publisher, subscriber } = room.engine.pcManager;
    const { sdp } = (subscriber ?? publisher)._pc.remoteDescription;
    return /a=ice-ufrag:(\S+)/.exec(sdp)[1];
  },
  /** How many media sections the server has in the connection that is received by. */
  sections() {
    const { publisher, subscriber } = room.engine.pcManager;
    return (subscriber ?? publisher)._pc.remoteDescription.sdp.match(/^m=/gm).length;
  },
  /** Ends the connections behind the client's back. */
  breakMedia() {
    const { publisher, subscriber } = room.engine.pcManager;
    for (const transport of [publisher, subscriber]) transport?._pc.close();
  },
  simulate: (scenario) => room.simulateScenario(scenario),
  others: () =>
    [...room.remoteParticipants.values()].map((p) => ({
      identity: p.identity,
      name: p.name,
      metadata: p.metadata,
      attributes: p.attributes,
      sources: [...p.trackPublications.values()].map((publication) => publication.source),
    })),
  published: () => [...room.localParticipant.trackPublications.values()].map((publication) => publication.source),
  /** Picture of somebody: mean colour, size, frames decoded so far. `null`: nothing is shown. */
  picture(key) {
    const video = shown.get(key);
    if (!video?.videoWidth) return null;
    const canvas = new OffscreenCanvas(16, 16);
    const pen = canvas.getContext("2d");
    pen.drawImage(
      video,
      video.videoWidth / 4,
      video.videoHeight / 4,
      video.videoWidth / 2,
      video.videoHeight / 2,
      0,
      0,
      16,
      16,
    );
    const { data } = pen.getImageData(0, 0, 16, 16);
    const mean = [0, 1, 2].map((channel) => {
      let sum = 0;
      for (let at = channel; at < data.length; at += 4) sum += data[at];
      return Math.round(sum / 256);
    });
    return {
      colour: mean,
      width: video.videoWidth,
      height: video.videoHeight,
      frames: video.getVideoPlaybackQuality().totalVideoFrames,
    };
  },
  /** The loudest frequency of somebody, Hz, and how loud, dB. `null`: nothing is heard. */
  tone(key) {
    const analyser = shown.get(key);
    if (!analyser) return null;
    if (noSoundCard) return toneOf(analyser);
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const loudest = bins.indexOf(Math.max(...bins));
    return { hertz: (loudest * heard.sampleRate) / analyser.fftSize, loudness: bins[loudest] };
  },
  streamIds: () =>
    [...room.remoteParticipants.values()].flatMap((p) =>
      [...p.trackPublications.values()].map((publication) => publication.track?.mediaStream?.id ?? null),
    ),
  /** What is played now of each received track, on its sender's clock. */
  async playoutClocks() {
    const stats = [...(await room.engine.pcManager.publisher._pc.getStats()).values()];
    return stats.flatMap((entry) =>
      entry.type === "inbound-rtp" && entry.estimatedPlayoutTimestamp ? [entry.estimatedPlayoutTimestamp] : [],
    );
  },
  /** What each received or sent picture is coded as, and how it is scaled. */
  async coding() {
    const stats = [...(await room.engine.pcManager.publisher._pc.getStats()).values()];
    const codecs = new Map(stats.filter((entry) => entry.type === "codec").map((entry) => [entry.id, entry.mimeType]));
    return stats.flatMap((entry) =>
      entry.type === "inbound-rtp" || entry.type === "outbound-rtp"
        ? [
            {
              direction: entry.type === "inbound-rtp" ? "in" : "out",
              kind: entry.kind,
              codec: codecs.get(entry.codecId) ?? null,
              fmtp: stats.find(({ id }) => id === entry.codecId)?.sdpFmtpLine ?? null,
              rid: entry.rid ?? null,
              active: entry.active ?? null,
              scalability: entry.scalabilityMode ?? null,
              height: entry.frameHeight ?? null,
              frames: entry.framesEncoded ?? entry.framesDecoded ?? 0,
              bytes: entry.bytesSent ?? entry.bytesReceived ?? 0,
              packets: entry.packetsSent ?? entry.packetsReceived ?? 0,
            },
          ]
        : [],
    );
  },
  /** From now on looks at the packets of each kind, some 50 times a second: how many, and when the last one came, ms of Date. */
  watchPackets() {
    const seen = { audio: { packets: 0, at: 0 }, video: { packets: 0, at: 0 } };
    const look = async () => {
      const { publisher, subscriber } = room.engine.pcManager;
      const now = { audio: 0, video: 0 };
      for (const pc of [publisher, subscriber])
        for (const entry of (await pc?._pc?.getStats())?.values() ?? [])
          if (entry.type === "inbound-rtp") {
            now[entry.kind] += entry.packetsReceived;
            // Not when this page looked, which on a busy machine is later.
            seen[entry.kind].at = Math.max(seen[entry.kind].at, entry.lastPacketReceivedTimestamp ?? 0);
          }
      // Of a track that has ended nothing is known any more.
      for (const [kind, packets] of Object.entries(now)) if (packets > 0) seen[kind].packets = packets;
      setTimeout(look, 20);
    };
    look();
    watched = seen;
  },
  /** Packets of a kind that this page has sent. */
  async sent(kind) {
    const stats = [...(await room.engine.pcManager.publisher._pc.getStats()).values()];
    const sending = stats.filter((entry) => entry.type === "outbound-rtp" && entry.kind === kind);
    return sending.reduce((sum, entry) => sum + entry.packetsSent, 0);
  },
  packets: (kind) => watched[kind],
  async transport() {
    const stats = await room.engine.pcManager.publisher._pc.getStats();
    const all = [...stats.values()];
    const transport = all.find((entry) => entry.type === "transport");
    const pair = stats.get(transport.selectedCandidatePairId);
    return {
      cipher: transport.srtpCipher,
      remote: stats.get(pair?.remoteCandidateId)?.address,
      /** "udp", "tcp" or "tls" to a relay; `undefined`: without one. */
      relayed: stats.get(pair?.localCandidateId)?.relayProtocol,
      layers: all.filter((entry) => entry.type === "outbound-rtp" && entry.rid).map(({ rid }) => rid),
      receivedBytes: all.filter((e) => e.type === "inbound-rtp").reduce((sum, e) => sum + e.bytesReceived, 0),
    };
  },
};
