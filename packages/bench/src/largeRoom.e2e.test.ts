import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { AccessToken } from "livekit-server-sdk";
import { cpuSeconds } from "./forward/process.ts";
import { webRtcWith } from "./load/cipher.ts";
import { LiveKitClient } from "./load/livekit.ts";
import type { Media } from "./load/media.ts";
import { Player } from "./load/player.ts";
import { Worker } from "./load/workers.ts";

const key = "large-room";
const secret = "a secret of the test's own";
const listeners = Number(process.env.LARGE_ROOM_LISTENERS ?? 200);
const threads = Number(process.env.LARGE_ROOM_THREADS ?? 4);
const windowSeconds = 5;
/** Half of what is sent to each in a window. */
const leastPackets = windowSeconds * 75 * 0.5;

/** A small picture, each frame a key frame (RFC 6386, 9.1: 16 x 16 pixels), and sound: 75 packets a second. */
const keyFrame = Buffer.concat([Buffer.from("1002009d012a10001000", "hex"), Buffer.alloc(190)]);
const media: Media = { video: [[keyFrame]], audio: [Buffer.alloc(80, 0xfc)] };

let sfu: ChildProcess;
let port: number;
let speaker: LiveKitClient;
let player: Player;
const workers = Array.from({ length: 3 }, () => new Worker());

before(async () => {
  port = await freePort();
  sfu = spawn(process.execPath, [join(import.meta.dirname, "../../sfu/src/main.ts")], {
    env: {
      ...process.env,
      PORT: String(port - 2),
      RAADHUIS_UDP_PORTS: String(port),
      RAADHUIS_SFU_THREADS: String(threads),
      RAADHUIS_PUBLIC_IP: "127.0.0.1",
      RAADHUIS_LOG: "warn",
      LIVEKIT_API_KEY: key,
      LIVEKIT_API_SECRET: secret,
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(sfu, "message");
});
after(async () => {
  player?.stop();
  speaker?.close();
  // Its threads would keep this process.
  webRtcWith("gcm").cleanup();
  await Promise.all(workers.map((worker) => worker.end()));
  const ended = once(sfu, "exit");
  sfu.kill("SIGTERM");
  await ended;
});

test(`${listeners} listen to one room, on several media threads, and none lacks a thing`, {
  timeout: 600_000,
}, async () => {
  const url = `ws://127.0.0.1:${port}`;
  const address = "127.0.0.1";
  speaker = await LiveKitClient.join(webRtcWith("gcm"), {
    url,
    address,
    token: await ticket("speaker"),
    publish: { audio: true, video: true },
    receive: { audio: 0, video: 0 },
  });
  player = new Player(media, speaker.audio, speaker.video);

  const began = Date.now();
  let joined = 0;
  const joins = workers.map(async (worker) => {
    while (joined < listeners) {
      const token = await ticket(`listener-${++joined}`);
      await worker.tell({
        do: "livekit",
        cipher: "gcm",
        url,
        address,
        token,
        publish: { audio: false, video: false },
        receive: { audio: 1, video: 1 },
      });
    }
  });
  await Promise.all(joins);
  const look = async () => (await Promise.all(workers.map((worker) => worker.counts()))).flat();
  for (const end = Date.now() + 240_000; ; await sleep(200)) {
    const receiving = (await look()).filter(({ streams }) => streams === 2).length;
    if (receiving === listeners) break;
    assert.ok(Date.now() < end, `only ${receiving} of ${listeners} receive`);
  }
  const joining = Date.now() - began;

  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const pid = sfu.pid ?? 0;
  // A machine that is busy with something else for a while drops packets itself: what it can do, it can once in a minute.
  let lost = 1;
  let least = 0;
  for (let windows = 0; windows < 12 && (lost >= 0.02 || least <= leastPackets); windows++) {
    const before = { counts: await look(), cpu: cpuSeconds(pid) };
    await sleep(windowSeconds * 1000);
    const now = { counts: await look(), cpu: cpuSeconds(pid) };
    const got = now.counts.map(({ packets }, index) => packets - (before.counts[index]?.packets ?? 0));
    const due = now.counts.map(({ expected }, index) => expected - (before.counts[index]?.expected ?? 0));
    lost = 1 - sum(got) / sum(due);
    least = Math.min(...got);
    console.log(
      `joined in ${joining} ms; ${Math.round(sum(got) / windowSeconds)} packets/s, ${(lost * 100).toFixed(2)} % lost, ${(((now.cpu - before.cpu) * 1e6) / sum(got)).toFixed(1)} us of CPU each`,
    );
  }
  assert.ok(lost < 0.02, `${lost * 100} % lost`);
  assert.ok(least > leastPackets, `somebody got only ${least} packets`);
});

function ticket(identity: string): Promise<string> {
  const token = new AccessToken(key, secret, { identity, ttl: 600 });
  token.addGrant({ roomJoin: true, room: "large", canPublish: identity === "speaker" });
  return token.toJwt();
}

/** A port that nobody has now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  assert.ok(address && typeof address === "object");
  return address.port;
}
