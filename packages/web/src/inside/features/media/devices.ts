export type Device = "microphone" | "camera";

const kinds = { microphone: "audioinput", camera: "videoinput" } as const;

export interface Choice {
  id: string;
  label: string;
  /** The same for all that one physical device offers. */
  group: string;
}

type Info = Pick<MediaDeviceInfo, "kind" | "deviceId" | "label" | "groupId">;

/** Every microphone or camera that the browser names. */
export const choicesOf = (all: readonly Info[], device: Device): Choice[] =>
  all
    .filter(({ kind, deviceId }) => kind === kinds[device] && deviceId !== "")
    .map(({ deviceId, label, groupId }) => ({ id: deviceId, label, group: groupId }));

/** Names of Chromium's that stand for one of the other choices, another one from time to time. */
const aliases: readonly string[] = ["default", "communications"];

/** The device itself, also where the browser says that it is the default one. */
export function realOf(choices: readonly Choice[], id: string | undefined): Choice | null {
  const named = choices.find((choice) => choice.id === id);
  if (!named || !aliases.includes(named.id)) return named ?? null;
  return choices.find((choice) => choice.group === named.group && !aliases.includes(choice.id)) ?? named;
}

/** A device that one used or chose, and that is not there (any more). */
export interface Gone {
  id: string;
  /** Empty where the browser has not told it. */
  label: string;
  /**
   * What the person is to be told. `replaced`: another is used instead; `off`: there is no other; `back`: it is there
   * again; `null`: they know.
   */
  word: "replaced" | "off" | "back" | null;
}

/** What is to be said of it now that the list of devices is another. `live`: another is used. */
export function goneAfter(gone: Gone | null, choices: readonly Choice[], live: boolean): Gone | null {
  if (gone === null) return null;
  if (choices.some(({ id }) => id === gone.id)) return { ...gone, word: "back" };
  return gone.word === "back" ? { ...gone, word: live ? "replaced" : "off" } : gone;
}

/** The person has read it; a device that is offered and not taken is not offered again. */
export const goneRead = (gone: Gone | null): Gone | null =>
  gone === null || gone.word === "back" ? null : { ...gone, word: null };
