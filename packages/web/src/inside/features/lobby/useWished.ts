import { useEffect, useState } from "react";
import type { Capture, Device } from "../media/capture.ts";
import type { Sending } from "../media/carryOver.ts";
import { useStore } from "../media/hooks.ts";
import type { KeptOff } from "../media/keptOff.ts";

export interface Wished {
  /** Wanted, and it could be had. */
  on(device: Device): boolean;
  toggle(device: Device): void;
  choose(device: Device, id: string): void;
}

/**
 * What the person wants on when they go in: what they turned off before is off, and no light goes on for it.
 * `opens`: devices are for this person at all.
 */
export function useWished(capture: Capture, kept: KeptOff, opens: boolean): Wished {
  const view = useStore(capture.store);
  const [wanted, setWanted] = useState<Sending>(() => kept.allowed());

  useEffect(() => {
    if (!opens) return;
    const { camera, microphone } = kept.allowed();
    const first = camera ? capture.open("camera") : Promise.resolve(null);
    void first.then(() => (microphone && !kept.isOff("microphone") ? capture.open("microphone") : null));
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

  const on = (device: Device) => wanted[device] && view[device].track !== null;
  const turn = (device: Device, on: boolean) => {
    kept.turned(device, on);
    setWanted((before) => ({ ...before, [device]: on }));
    if (on) void capture.open(device);
    else capture.close(device);
  };
  return {
    on,
    toggle: (device) => turn(device, !on(device)),
    // Also where the one before did not start.
    choose: (device, id) =>
      void capture.choose(device, id).then((track) => (track || kept.isOff(device) ? track : capture.open(device))),
  };
}
