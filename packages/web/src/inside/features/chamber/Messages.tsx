import styles from "./Chamber.module.css";
import { AirPrompt } from "./messages/AirPrompt.tsx";
import { DeviceMessages } from "./messages/DeviceMessages.tsx";
import { LinkMessages } from "./messages/LinkMessages.tsx";
import { AbilityMessages, ClosedNotice, Refused } from "./messages/StandingMessages.tsx";

/** What the person must know now, above the pictures; announced politely. */
export function Messages() {
  return (
    <div className={styles.messages} aria-live="polite">
      <AirPrompt />
      <DeviceMessages />
      <Refused />
      <AbilityMessages />
      <LinkMessages />
      <ClosedNotice />
    </div>
  );
}
