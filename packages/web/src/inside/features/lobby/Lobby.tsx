import { type MeetingState, type Role, SeatId, seatOf } from "@raadhuis/meeting";
import { useEffect, useState } from "react";
import { Button } from "../../../design/parts/Button.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import type { Capture, Device } from "../media/capture.ts";
import type { Sending } from "../media/carryOver.ts";
import { useStore } from "../media/hooks.ts";
import { Who } from "../meeting/Who.tsx";
import { DevicePicker } from "./DevicePicker.tsx";
import { LevelMeter } from "./LevelMeter.tsx";
import { Preview } from "./Preview.tsx";
import "./lobby.css";

interface Props {
  state: MeetingState;
  seat: string;
  capture: Capture;
  onJoin(sending: Sending): void;
}

/** Before the chamber: look at and listen to oneself, choose what is on, go in. Without devices one can go in too. */
export function Lobby({ state, seat, capture, onJoin }: Props) {
  const { t, day, time } = useWords();
  const view = useStore(capture.store);
  const me = seatOf(state, SeatId.parse(seat));
  const listensOnly = me?.role === "observer";
  const [wanted, setWanted] = useState<Sending>({ microphone: !listensOnly, camera: !listensOnly });

  useEffect(() => {
    if (listensOnly) return;
    void capture.open("camera").then(() => capture.open("microphone"));
  }, [capture, listensOnly]);

  const toggle = (device: Device) => {
    const on = !(wanted[device] && view[device].track);
    setWanted({ ...wanted, [device]: on });
    if (on) void capture.open(device);
    else capture.close(device);
  };
  const on = (device: Device) => wanted[device] && view[device].track !== null;

  return (
    <Page
      title={state.title ?? t("meeting.untitled")}
      body={state.body}
      wide
      intro={
        <p className="muted">
          {day(state.startsAt)}, {time(state.startsAt)}
        </p>
      }
    >
      <div className="lobby" data-testid="lobby">
        {listensOnly ? null : (
          <section className="stack" aria-label={t("lobby.preview")}>
            <Preview track={on("camera") ? view.camera.track : null} problem={view.camera.problem} />
            <div className="row">
              <Button
                icon={on("microphone") ? "microphone" : "microphoneOff"}
                aria-pressed={on("microphone")}
                data-testid="lobby-mic"
                data-problem={view.microphone.problem ?? undefined}
                onClick={() => toggle("microphone")}
              >
                {t(on("microphone") ? "lobby.microphone.on" : "lobby.microphone.off")}
              </Button>
              <Button
                icon={on("camera") ? "camera" : "cameraOff"}
                aria-pressed={on("camera")}
                data-testid="lobby-camera"
                data-problem={view.camera.problem ?? undefined}
                onClick={() => toggle("camera")}
              >
                {t(on("camera") ? "lobby.camera.on" : "lobby.camera.off")}
              </Button>
            </div>
            <LevelMeter track={view.microphone.track} />
            {view.microphone.problem ? <p role="status">{t(`media.microphone.${view.microphone.problem}`)}</p> : null}
            <div className="fields">
              <DevicePicker
                device="microphone"
                view={view.microphone}
                onChoose={(id) => void capture.choose("microphone", id)}
              />
              <DevicePicker device="camera" view={view.camera} onChoose={(id) => void capture.choose("camera", id)} />
            </div>
          </section>
        )}
        <section className="card lobby-join" aria-labelledby="lobby-you">
          <h2 id="lobby-you">{t("lobby.you")}</h2>
          {me ? <Who seat={me} /> : null}
          <p>{t(describe(state, me?.role))}</p>
          <Button
            kind="primary"
            data-testid="join"
            onClick={() => onJoin({ microphone: on("microphone"), camera: on("camera") })}
          >
            {t("lobby.join")}
          </Button>
        </section>
      </div>
    </Page>
  );
}

/** What going in means now. */
function describe(state: MeetingState, role: Role | undefined): string {
  if (state.phase === "planned") return "lobby.planned";
  if (!state.epoch.onAir) return state.kind === "public" ? "lobby.offAir" : "lobby.closed";
  if (role === "speaker") return "lobby.speaker";
  return role === "observer" ? "lobby.onAirListening" : "lobby.onAir";
}
