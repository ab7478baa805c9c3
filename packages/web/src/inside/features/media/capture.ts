import { type MediaProblem, problemOf } from "./problems.ts";
import { Store } from "./store.ts";

export type Device = "microphone" | "camera";

export interface DeviceView {
  track: MediaStreamTrack | null;
  /** The chosen device; `null`: whichever the browser prefers. */
  chosen: string | null;
  problem: MediaProblem | null;
  /** Named only once the person has allowed it. */
  choices: { id: string; label: string }[];
}

export type CaptureView = Record<Device, DeviceView>;

const kinds = { microphone: "audioinput", camera: "videoinput" } as const;
const keys = { microphone: "raadhuis.microphone", camera: "raadhuis.camera" } as const;

/**
 * One's own microphone and camera: opened in the lobby, kept through every change of rooms, closed when off. The room
 * is lent the tracks and never owns them.
 */
export class Capture {
  readonly store: Store<CaptureView>;

  constructor() {
    const empty = (device: Device): DeviceView => ({
      track: null,
      chosen: remembered(device),
      problem: null,
      choices: [],
    });
    this.store = new Store<CaptureView>({ microphone: empty("microphone"), camera: empty("camera") });
  }

  track(device: Device): MediaStreamTrack | null {
    return this.store.get()[device].track;
  }

  /** Opens the device unless it is open. `null`: it could not be; the view says why. */
  async open(device: Device): Promise<MediaStreamTrack | null> {
    const present = this.track(device);
    if (present?.readyState === "live") return present;
    try {
      if (!navigator.mediaDevices) throw new DOMException("Only over HTTPS.", "Insecure");
      const track = await this.#open(device);
      track.addEventListener("ended", () => this.#ended(device, track));
      this.#change(device, { track, problem: null });
      void this.#list();
      return track;
    } catch (error) {
      this.#change(device, { track: null, problem: navigator.mediaDevices ? problemOf(error) : "insecure" });
      return null;
    }
  }

  close(device: Device): void {
    this.track(device)?.stop();
    this.#change(device, { track: null });
  }

  closeAll(): void {
    this.close("microphone");
    this.close("camera");
  }

  /** Another microphone or camera; opened at once when one was open. Resolves to the new track. */
  async choose(device: Device, id: string): Promise<MediaStreamTrack | null> {
    remember(device, id);
    const wasOpen = this.track(device) !== null;
    this.close(device);
    this.#change(device, { chosen: id });
    return wasOpen ? this.open(device) : null;
  }

  /** The chosen device when it is there, otherwise any. */
  async #open(device: Device): Promise<MediaStreamTrack> {
    const { chosen } = this.store.get()[device];
    try {
      return await ask(device, chosen);
    } catch (error) {
      if (chosen !== null && problemOf(error) === "missing") return ask(device, null);
      throw error;
    }
  }

  async #list(): Promise<void> {
    const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    for (const device of ["microphone", "camera"] as const) {
      const choices = all
        .filter(({ kind, deviceId }) => kind === kinds[device] && deviceId !== "")
        .map(({ deviceId, label }) => ({ id: deviceId, label }));
      this.#change(device, { choices });
    }
  }

  #ended(device: Device, track: MediaStreamTrack): void {
    if (this.track(device) === track) this.#change(device, { track: null, problem: "missing" });
  }

  #change(device: Device, part: Partial<DeviceView>): void {
    const view = this.store.get();
    this.store.set({ ...view, [device]: { ...view[device], ...part } });
  }
}

async function ask(device: Device, id: string | null): Promise<MediaStreamTrack> {
  const deviceId = id === null ? {} : { deviceId: { exact: id } };
  const stream = await navigator.mediaDevices.getUserMedia(
    device === "microphone"
      ? { audio: { ...deviceId, echoCancellation: true, noiseSuppression: true, autoGainControl: true } }
      : { video: { ...deviceId, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } } },
  );
  return stream.getTracks()[0]!;
}

function remembered(device: Device): string | null {
  try {
    return localStorage.getItem(keys[device]);
  } catch {
    return null;
  }
}

function remember(device: Device, id: string): void {
  try {
    localStorage.setItem(keys[device], id);
  } catch {
    // Not kept: chosen for this visit only.
  }
}
