import type { Snapshot } from "@raadhuis/client";
import { type MeetingState, rightsOf, type Seat } from "@raadhuis/meeting";
import type { MediaTicket } from "@raadhuis/protocol/socket";
import { Button } from "../../../design/parts/Button.tsx";
import { Icon } from "../../../design/parts/Icon.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import { abilityHere, sendable } from "../media/ability.ts";
import type { Capture, CaptureView } from "../media/capture.ts";
import { DeviceWords } from "../media/DeviceWords.tsx";
import type { MediaSession, SessionView } from "../media/session.ts";
import { useMutedSpeech } from "../media/useMutedSpeech.ts";
import { promptOf, promptWords } from "./offers.ts";

interface Props {
  state: MeetingState;
  me: Seat;
  media: SessionView;
  session: MediaSession;
  link: Snapshot["link"];
  slow: boolean;
  publish: MediaTicket["publish"];
  devices: CaptureView;
  capture: Capture;
}

/** What the person must know now, above the pictures; announced politely. */
export function Messages({ state, me, media, session, link, slow, publish, devices, capture }: Props) {
  const { t, problem } = useWords();
  const { sending } = media;
  const { lacks } = abilityHere();
  const prompt = promptOf(state, me, media, sendable(publish));
  const elsewhere = media.link === "elsewhere";
  const why = !elsewhere && media.missing ? devices[media.missing].problem : null;
  const muted = useMutedSpeech(
    !elsewhere && publish.includes("microphone") && !sending.microphone ? devices.microphone.track : null,
  );
  const away = link === "away" || link === "held" || media.link === "reconnecting" || media.link === "connecting";
  return (
    <div className="messages" aria-live="polite">
      {prompt ? (
        <div className="message message--air" data-testid="air-prompt">
          <p>
            <Icon name={state.epoch.onAir ? "air" : "info"} />
            <strong>{t(promptWords(prompt, sending))}</strong>
          </p>
          <div className="row row--tight">
            {sending.microphone ? null : (
              <Button
                kind="primary"
                icon="microphone"
                data-testid="air-mic"
                onClick={() => void session.turn("microphone", true)}
              >
                {t("prompt.microphone")}
              </Button>
            )}
            {sending.camera ? null : (
              <Button icon="camera" data-testid="air-camera" onClick={() => void session.turn("camera", true)}>
                {t("prompt.camera")}
              </Button>
            )}
            {media.airPrompt ? (
              <Button kind="subtle" data-testid="air-later" onClick={() => session.answered()}>
                {t("prompt.later")}
              </Button>
            ) : null}
          </div>
        </div>
      ) : null}
      {media.missing && why ? (
        <div className="message" data-testid="device-problem" data-code={why}>
          <p>
            <Icon name="warning" />
            {t(`media.${media.missing}.${why}`)}
          </p>
          <Button kind="subtle" onClick={() => session.understood()}>
            {t("prompt.understood")}
          </Button>
        </div>
      ) : null}
      {(["microphone", "camera"] as const).map((device) => (
        <DeviceWords
          key={device}
          device={device}
          view={devices[device]}
          wanted={sending[device]}
          onUse={(id) => void session.choose(device, id)}
          onUnderstood={() => capture.understood(device)}
        />
      ))}
      {lacks ? (
        <p className="message" data-testid="lacking" data-lacks={lacks}>
          <Icon name="warning" />
          {t(`lacking.${lacks}`)}
        </p>
      ) : null}
      {muted ? (
        <p className="message" data-testid="muted-speech">
          <Icon name="microphoneOff" />
          {t("media.muted")}
        </p>
      ) : null}
      {publish.length === 0 && media.link === "connected" ? (
        <p className="message" data-testid="listening">
          <Icon name="info" />
          {t(rightsOf(me.role).publish === "never" ? "listen.observer" : "listen.citizen")}
        </p>
      ) : null}
      {elsewhere ? (
        <div className="message" data-testid="elsewhere">
          <p>
            <Icon name="warning" />
            {t("away.elsewhere")}
          </p>
          <Button kind="primary" data-testid="take-here" onClick={() => session.takeHere()}>
            {t("away.takeHere")}
          </Button>
        </div>
      ) : null}
      {away ? (
        <p className="message" data-testid="away">
          <Icon name="warning" />
          {t(link === "held" ? "away.held" : link === "away" ? "away.server" : "away.media")}
        </p>
      ) : null}
      {slow && link === "open" ? (
        <p className="message" data-testid="slow">
          <Icon name="warning" />
          {t("away.slow")}
        </p>
      ) : null}
      {media.soundBlocked && media.link === "connected" ? (
        <div className="message">
          <p>{t("sound.blocked")}</p>
          <Button kind="primary" icon="sound" data-testid="sound" onClick={() => session.startSound()}>
            {t("sound.on")}
          </Button>
        </div>
      ) : null}
      {media.problem ? (
        <p className="message" data-testid="problem" data-code={media.problem}>
          <Icon name="warning" />
          {problem(media.problem)}
        </p>
      ) : null}
      {state.epoch.doors === "closed" ? (
        <p className="message message--closed" data-testid="closed-notice">
          <Icon name="doorClosed" />
          {t("closed.notice")}
        </p>
      ) : null}
    </div>
  );
}
