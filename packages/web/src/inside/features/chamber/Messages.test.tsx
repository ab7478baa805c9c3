import { expect, test } from "vitest";
import { anna, iris, MeetingInMemory, mo } from "../../../testing/meetingInMemory.ts";
import { showTo } from "../../../testing/show.tsx";
import { useActs } from "../meeting/context.ts";
import { Messages } from "./Messages.tsx";

function Hand() {
  const { act } = useActs();
  return (
    <button type="button" onClick={() => void act({ type: "raiseHand" })}>
      Hand
    </button>
  );
}

function inSession() {
  const meeting = new MeetingInMemory({ self: mo });
  meeting.become({ publish: ["microphone", "camera"] });
  meeting.by(anna, { type: "openMeeting" });
  return meeting;
}
const show = (meeting = inSession()) => showTo(mo, <Messages />, { meeting });

test("all that is said is said in one polite region, which is there before", async () => {
  const { screen, meeting } = await show();
  const region = screen.container.querySelector<HTMLElement>('[aria-live="polite"]');
  await expect.element(region).toBeEmptyDOMElement();
  meeting.by(anna, { type: "closeDoors", admitted: [] });
  const words = screen.getByText(/Behind closed doors/);
  await expect.element(words).toBeVisible();
  expect(region?.contains(words.element())).toBe(true);
  expect(screen.container.querySelectorAll("[aria-live]").length).toBe(1);
  meeting.by(anna, { type: "openDoors" });
  await expect.element(region).toBeEmptyDOMElement();
});

test("whoever has the floor is asked to turn the microphone on, until it is", async () => {
  const { screen, meeting, media } = await show();
  meeting.by(anna, { type: "giveFloor", seat: mo });
  await expect.element(screen.getByText("You have the floor. Your microphone is off.")).toBeVisible();
  await screen.getByRole("button", { name: "Turn on microphone" }).click();
  expect(media.asked).toEqual(["microphone on"]);
  media.become({ sending: { microphone: true, camera: false } });
  await expect.element(screen.getByTestId("air-prompt")).not.toBeInTheDocument();
});

test("the floor of somebody else is no word to oneself", async () => {
  const { screen, meeting } = await show();
  meeting.by(anna, { type: "giveFloor", seat: iris });
  meeting.become({ slow: true });
  await expect.element(screen.getByTestId("slow")).toBeVisible();
  await expect.element(screen.getByTestId("air-prompt")).not.toBeInTheDocument();
});

test("a line that is lost, held or late is told from media that are", async () => {
  const { screen, meeting, media } = await show();
  meeting.become({ link: "away" });
  await expect.element(screen.getByTestId("away")).toMatchTextContent(/The connection is lost for a moment/);
  meeting.become({ link: "held" });
  await expect.element(screen.getByTestId("away")).toMatchTextContent(/sent too much at once/);
  meeting.become({ link: "open" });
  media.become({ link: "reconnecting" });
  await expect.element(screen.getByTestId("away")).toMatchTextContent(/Connecting picture and sound/);
});

test("whoever was refused what they did themselves reads why, above the pictures, until they did something else", async () => {
  const meeting = inSession();
  const part = (
    <>
      <Messages />
      <Hand />
    </>
  );
  const { screen } = await showTo(mo, part, { meeting });
  Object.assign(meeting, { command: async () => ({ ok: false, code: "hand.already-raised" }) });
  await screen.getByRole("button", { name: "Hand" }).click();
  await expect.element(screen.getByTestId("problem")).toHaveAttribute("data-code", "hand.already-raised");
  Object.assign(meeting, { command: async () => ({ ok: true }) });
  await screen.getByRole("button", { name: "Hand" }).click();
  await expect.element(screen.getByTestId("problem")).not.toBeInTheDocument();
});

test("a microphone that could not be turned on is explained until that is understood", async () => {
  const { screen, media } = await show();
  media.device("microphone", { problem: "in-use" });
  await expect.element(screen.getByTestId("device-problem")).not.toBeInTheDocument();
  media.become({ missing: "microphone" });
  await expect.element(screen.getByText(/Another program is using your microphone/)).toBeVisible();
  await screen.getByRole("button", { name: "Understood" }).click();
  expect(media.asked).toEqual(["understood"]);
});

test("a seat that takes part elsewhere can be taken here, and is asked nothing", async () => {
  const { screen, meeting, media } = await show();
  meeting.by(anna, { type: "giveFloor", seat: mo });
  media.become({ link: "elsewhere", missing: "camera" });
  await screen.getByRole("button", { name: "Take part here" }).click();
  expect(media.asked).toEqual(["take here"]);
  expect(screen.getByTestId("air-prompt").elements()).toEqual([]);
  expect(screen.getByTestId("device-problem").elements()).toEqual([]);
});
