import { useEffect, useRef, useState } from "react";
import { useStore } from "../../useStore.ts";
import type { Capture, Device } from "../media/capture.ts";
import type { Sending } from "../media/carryOver.ts";
import type { KeptOff } from "../media/keptOff.ts";

export interface Wished {
  /** The microphone is off since the meeting is in session, and not because the person turned it off. */
  held: boolean;
  /** Wanted, and it could be had. */
  on(device: Device): boolean;
  toggle(device: Device): void;
  choose(device: Device, id: string): void;
}

interface First {
  /** Devices are for this person at all. */
  opens: boolean;
  /** The microphone is off until they turn it on themselves. */
  quiet: boolean;
}

/** What the person wants on when they go in: what they turned off before is off, and no light goes on for it. */
export function useWished(capture: Capture, kept: KeptOff, { opens, quiet }: First): Wished {
  const view = useStore(capture.store);
  const [wanted, setWanted] = useState<Sending>(() => kept.allowed());
  const [asked, setAsked] = useState(false);
  const held = quiet && !asked;
  const isHeld = useRef(held);
  isHeld.current = held;

  /** Also where the others begin while this person is in the lobby. */
  useEffect(() => {
    if (held) capture.close("microphone");
  }, [held, capture]);

  useEffect(() => {
    if (!opens) return;
    const { camera, microphone } = kept.allowed();
    const first = camera ? capture.open("camera") : Promise.resolve(null);
    const speaks = () => microphone && !isHeld.current && !kept.isOff("microphone");
    void first.then(() => (speaks() ? capture.open("microphone") : null));
    return capture.onLost((device) => void (kept.isOff(device) ? null : capture.open(device)));
  }, [capture, kept, opens]);

  /** Turned off in another window of this browser: off here too, as long as nobody hears or sees it yet. */
  useEffect(() => {
    const follow = () => {
      for (const device of ["microphone", "camera"] as const)
        if (kept.isOff(device)) {
          capture.close(device);
          setWanted((before) => ({ ...before, [device]: false }));
        }
    };
    addEventListener("storage", follow);
    return () => removeEventListener("storage", follow);
  }, [capture, kept]);

  const isOff = (device: Device) => kept.isOff(device) || (device === "microphone" && held);
  const on = (device: Device) => wanted[device] && view[device].track !== null && !(device === "microphone" && held);
  const turn = (device: Device, on: boolean) => {
    if (device === "microphone") setAsked(true);
    kept.turned(device, on);
    setWanted((before) => ({ ...before, [device]: on }));
    if (on) void capture.open(device);
    else capture.close(device);
  };
  return {
    held,
    on,
    toggle: (device) => turn(device, !on(device)),
    // Also where the one before did not start.
    choose: (device, id) =>
      void capture.choose(device, id).then((track) => (track || isOff(device) ? track : capture.open(device))),
  };
}
