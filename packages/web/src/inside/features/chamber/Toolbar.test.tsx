import type { SeatId } from "@raadhuis/meeting";
import { expect, test, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { anna, MeetingInMemory, mo } from "../../../testing/meetingInMemory.ts";
import { showTo } from "../../../testing/show.tsx";
import type { Side } from "./side.ts";
import { Toolbar } from "./Toolbar.tsx";

const side: Side = {
  isNarrow: false,
  isOpen: false,
  toggle: () => undefined,
  panels: [],
  chosen: "",
  choose: () => undefined,
  news: new Map(),
};

async function show(self: SeatId, publish: ("microphone" | "camera" | "screen_share")[]) {
  const meeting = new MeetingInMemory({ self });
  meeting.become({ publish });
  const onLeave = vi.fn();
  return { ...(await showTo(self, <Toolbar side={side} onLeave={onLeave} />, { meeting })), onLeave };
}

test("the microphone says in words and in its state whether it is on, and turns", async () => {
  const { screen, media } = await show(mo, ["microphone", "camera"]);
  const microphone = screen.getByRole("button", { name: "Microphone is off" });
  await expect.element(microphone).toHaveAttribute("aria-pressed", "false");
  await microphone.click();
  expect(media.asked).toEqual(["microphone on"]);
  media.become({ sending: { microphone: true, camera: false } });
  await expect
    .element(screen.getByRole("button", { name: "Microphone is on" }))
    .toHaveAttribute("aria-pressed", "true");
  await userEvent.keyboard("m");
  expect(media.asked).toEqual(["microphone on", "microphone off"]);
});

test("what this seat may not send is there and cannot be pressed, by hand or by key", async () => {
  const { screen, media } = await show(mo, []);
  await expect.element(screen.getByRole("button", { name: "Microphone is off" })).toBeDisabled();
  await expect.element(screen.getByRole("button", { name: "Share screen" })).toBeDisabled();
  await userEvent.keyboard("m");
  await userEvent.keyboard("s");
  expect(media.asked).toEqual([]);
});

test("a microphone that could not be had is marked", async () => {
  const { screen, media } = await show(mo, ["microphone"]);
  media.device("microphone", { problem: "refused" });
  await expect.element(screen.getByTestId("mic")).toHaveAttribute("data-problem", "refused");
});

test("a hand can be raised and lowered while the meeting runs, not before, and not by whoever has the floor", async () => {
  const { screen, meeting } = await show(mo, ["microphone"]);
  await expect.element(screen.getByRole("button", { name: "Raise hand" })).toBeDisabled();
  meeting.by(anna, { type: "openMeeting" });
  await screen.getByRole("button", { name: "Raise hand" }).click();
  await screen.getByRole("button", { name: "Lower hand" }).click();
  expect(meeting.sent).toEqual([{ type: "raiseHand" }, { type: "lowerHand", seat: mo }]);
  meeting.by(anna, { type: "giveFloor", seat: mo });
  await expect.element(screen.getByRole("button", { name: "Raise hand" })).toBeDisabled();
});

test("where the seat takes part from another page only leaving is offered", async () => {
  const { screen, media, onLeave } = await show(mo, ["microphone", "camera"]);
  media.become({ link: "elsewhere" });
  await expect.element(screen.getByTestId("mic")).not.toBeInTheDocument();
  await expect.element(screen.getByTestId("hand")).not.toBeInTheDocument();
  await screen.getByRole("button", { name: "Leave" }).click();
  expect(onLeave).toHaveBeenCalledOnce();
});
