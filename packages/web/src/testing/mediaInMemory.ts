import type { CaptureView, DeviceView } from "../inside/features/media/capture.ts";
import type { Media } from "../inside/features/media/context.ts";
import type { SessionView } from "../inside/features/media/session.ts";
import { Store } from "../inside/store.ts";

const device: DeviceView = { track: null, chosen: null, problem: null, choices: [], gone: null, held: false };

const view: SessionView = {
  link: "connected",
  at: null,
  people: new Map(),
  seen: new Set(),
  spotlight: null,
  speaking: false,
  sending: { microphone: false, camera: false },
  sharing: null,
  airPrompt: false,
  soundBlocked: false,
  problem: null,
  missing: null,
};

/** Media of the chamber without a media server: what is asked of it is written down, and `become` says what came of it. */
export class MediaInMemory implements Media {
  readonly asked: string[] = [];
  readonly #view = new Store<SessionView>(view);
  readonly #devices = new Store<CaptureView>({ microphone: device, camera: device });
  readonly session: Media["session"];
  readonly capture: Media["capture"];

  constructor() {
    const asked = async (what: string) => void this.asked.push(what);
    this.session = {
      store: this.#view,
      turn: (which, on) => asked(`${which} ${on ? "on" : "off"}`),
      choose: (which, id) => asked(`choose ${which} ${id}`),
      share: (on) => asked(`share ${on ? "on" : "off"}`),
      answered: () => void asked("answered"),
      understood: () => void asked("understood"),
      takeHere: () => void asked("take here"),
      startSound: () => void asked("sound"),
    };
    this.capture = { store: this.#devices, understood: (which) => void asked(`understood ${which}`) };
  }

  become(part: Partial<SessionView>): void {
    this.#view.change(part);
  }

  device(which: keyof CaptureView, part: Partial<DeviceView>): void {
    this.#devices.change({ [which]: { ...this.#devices.get()[which], ...part } });
  }
}
