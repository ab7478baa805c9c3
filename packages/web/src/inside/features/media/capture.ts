import { Store } from "../../store.ts";
import { type Choice, choicesOf, type Device, type Gone, goneAfter, goneRead, realOf } from "./devices.ts";
import { type MediaProblem, problemOf } from "./problems.ts";

export type { Device };

export interface DeviceView {
  track: MediaStreamTrack | null;
  /** The chosen device; `null`: whichever the browser prefers. */
  chosen: string | null;
  problem: MediaProblem | null;
  /** Named only once the person has allowed it. */
  choices: Choice[];
  gone: Gone | null;
  /** It is open and gives nothing: a switch of its own, the system or a call holds it. */
  held: boolean;
}

export type CaptureView = Record<Device, DeviceView>;

const keys = { microphone: "raadhuis.microphone", camera: "raadhuis.camera" } as const;
const devices = ["microphone", "camera"] as const;

/**
 * One's own microphone and camera: opened in the lobby, kept through every change of rooms, closed when off. The room
 * is lent the tracks and never owns them. What is unplugged is told to `onLost`, and who wants it opens again: another
 * takes its place, and the one that was lost is offered when it is back.
 */
export class Capture {
  readonly store: Store<CaptureView>;
  /** What is being opened; closing takes it out, and what then opens is let go. */
  #opening = new Map<Device, Promise<MediaStreamTrack | null>>();
  #using: Record<Device, Choice | null> = { microphone: null, camera: null };
  #losses = new Set<(device: Device) => void>();

  constructor() {
    const empty = (device: Device): DeviceView => ({
      track: null,
      chosen: remembered(device),
      problem: null,
      choices: [],
      gone: null,
      held: false,
    });
    this.store = new Store<CaptureView>({ microphone: empty("microphone"), camera: empty("camera") });
  }

  /** Follows what is plugged in and out until `stop`. */
  start(): void {
    navigator.mediaDevices?.addEventListener("devicechange", this.#list);
    void this.#list();
  }

  stop(): void {
    navigator.mediaDevices?.removeEventListener("devicechange", this.#list);
    this.closeAll();
  }

  /** Called when an open device ends by itself. */
  onLost(tell: (device: Device) => void): () => void {
    this.#losses.add(tell);
    return () => this.#losses.delete(tell);
  }

  track(device: Device): MediaStreamTrack | null {
    return this.store.get()[device].track;
  }

  /** Opens the device unless it is open. `null`: it could not be, and the view says why; or it was closed meanwhile. */
  open(device: Device): Promise<MediaStreamTrack | null> {
    const present = this.track(device);
    if (present?.readyState === "live") return Promise.resolve(present);
    const under = this.#opening.get(device);
    if (under) return under;
    const opening: Promise<MediaStreamTrack | null> = this.#open(device, () => this.#opening.get(device) === opening);
    this.#opening.set(device, opening);
    return opening;
  }

  close(device: Device): void {
    this.#opening.delete(device);
    this.track(device)?.stop();
    this.#change(device, { track: null, held: false });
  }

  closeAll(): void {
    for (const device of devices) this.close(device);
  }

  /** Another microphone or camera; opened at once when one was open. Resolves to the new track. */
  async choose(device: Device, id: string): Promise<MediaStreamTrack | null> {
    remember(device, id);
    const wasOpen = this.track(device) !== null || this.#opening.has(device);
    this.close(device);
    this.#change(device, { chosen: id, gone: null });
    return wasOpen ? this.open(device) : null;
  }

  /** The person has read what became of their device. */
  understood(device: Device): void {
    this.#change(device, { gone: goneRead(this.store.get()[device].gone) });
  }

  async #open(device: Device, wanted: () => boolean): Promise<MediaStreamTrack | null> {
    try {
      if (!navigator.mediaDevices) throw new DOMException("Only over HTTPS.", "Insecure");
      const track = await this.#ask(device);
      if (!wanted()) {
        track.stop();
        return this.#opening.get(device) ?? this.track(device);
      }
      this.#watch(device, track);
      this.#change(device, { track, problem: null, held: track.muted, gone: replaced(this.store.get()[device]) });
      this.#opening.delete(device);
      void this.#list();
      return track;
    } catch (error) {
      if (!wanted()) return this.#opening.get(device) ?? this.track(device);
      this.#opening.delete(device);
      const problem = navigator.mediaDevices ? problemOf(error) : "insecure";
      const { gone } = this.store.get()[device];
      // Whoever takes a permission back ends the track as unplugging does.
      this.#change(device, { track: null, problem, gone: problem === "refused" ? null : gone });
      return null;
    }
  }

  /** The chosen device when it is there, otherwise any. */
  async #ask(device: Device): Promise<MediaStreamTrack> {
    const { chosen, gone } = this.store.get()[device];
    try {
      return await ask(device, chosen);
    } catch (error) {
      const problem = problemOf(error);
      // A device that is being unplugged may be on the list for a moment longer, and not be readable.
      const away = problem === "missing" || (gone?.id === chosen && problem !== "refused");
      if (chosen === null || !away) throw error;
      const track = await ask(device, null);
      if (!gone) this.#change(device, { gone: { id: chosen, label: "", word: "replaced" } });
      return track;
    }
  }

  #watch(device: Device, track: MediaStreamTrack): void {
    const present = () => this.track(device) === track;
    const holds = () => present() && this.#change(device, { held: track.muted });
    track.addEventListener("ended", () => present() && this.#ended(device));
    track.addEventListener("mute", holds);
    track.addEventListener("unmute", holds);
  }

  readonly #list = async (): Promise<void> => {
    const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    for (const device of devices) {
      const choices = choicesOf(all, device);
      const { track, gone } = this.store.get()[device];
      if (track) this.#using[device] = realOf(choices, track.getSettings().deviceId) ?? this.#using[device];
      this.#change(device, { choices, gone: goneAfter(gone, choices, track !== null) });
    }
  };

  #ended(device: Device): void {
    const used = this.#using[device];
    const gone: Gone | null = used && { id: used.id, label: used.label, word: "off" };
    this.#change(device, { track: null, held: false, problem: "missing", gone });
    for (const tell of this.#losses) tell(device);
    void this.#list();
  }

  #change(device: Device, part: Partial<DeviceView>): void {
    const view = this.store.get();
    this.store.set({ ...view, [device]: { ...view[device], ...part } });
  }
}

const replaced = ({ gone }: DeviceView): Gone | null => (gone?.word === "off" ? { ...gone, word: "replaced" } : gone);

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
