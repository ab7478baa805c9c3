import type { Device } from "./capture.ts";
import type { Sending } from "./carryOver.ts";

/** A browser's storage: of one tab, or of all its windows. */
export type Drawer = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const devices = ["microphone", "camera"] as const;

/**
 * What a person turned off at one seat stays off: through a reload, in a second window, after coming back. It is kept
 * for the tab and for the browser, and off in either is off: nobody is ever more on than they chose. Only the person
 * turns it on again.
 */
export class KeptOff {
  #seat: string;
  #drawers: readonly (() => Drawer)[];
  /** Where the browser keeps nothing it holds for this visit. */
  #here = new Set<Device>();

  constructor(seat: string, drawers: readonly (() => Drawer)[] = [() => sessionStorage, () => localStorage]) {
    this.#seat = seat;
    this.#drawers = drawers;
  }

  isOff(device: Device): boolean {
    return this.#here.has(device) || this.#in((drawer) => drawer.getItem(this.#key(device)) !== null).some(Boolean);
  }

  /** What may be on when the person comes in. */
  allowed(): Sending {
    return { microphone: !this.isOff("microphone"), camera: !this.isOff("camera") };
  }

  /** The person goes in by this browser. */
  comesIn(): void {
    this.#in((drawer) => drawer.setItem(this.#wasIn, "yes"));
  }

  /** Whether they have before. */
  get wasIn(): boolean {
    return this.#in((drawer) => drawer.getItem(this.#wasIn) !== null).some(Boolean);
  }

  /** What the person said of one device. */
  turned(device: Device, on: boolean): void {
    if (on) this.#here.delete(device);
    else this.#here.add(device);
    this.#in((drawer) => (on ? drawer.removeItem(this.#key(device)) : drawer.setItem(this.#key(device), "off")));
  }

  /** Whatever is not sent now is kept off. */
  keep(sending: Sending): void {
    for (const device of devices) if (!sending[device]) this.turned(device, false);
  }

  get #wasIn(): string {
    return `raadhuis.in.${this.#seat}`;
  }

  #key(device: Device): string {
    return `raadhuis.off.${this.#seat}.${device}`;
  }

  /** A browser that keeps nothing throws, some of them as soon as they are asked for the storage. */
  #in<T>(act: (drawer: Drawer) => T): T[] {
    return this.#drawers.flatMap((open) => {
      try {
        return [act(open())];
      } catch {
        return [];
      }
    });
  }
}
