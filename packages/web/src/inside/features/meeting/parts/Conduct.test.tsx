import { expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { anna, budget, gita, MeetingInMemory } from "../../../../testing/meetingInMemory.ts";
import { showAtOffice, showTo } from "../../../../testing/show.tsx";
import { Conduct } from "./Conduct.tsx";

type Screen = Awaited<ReturnType<typeof showTo>>["screen"];
const offered = (screen: Screen) =>
  expect.poll(() =>
    screen
      .getByRole("button")
      .elements()
      .map(({ textContent }) => textContent),
  );

test("what can be done follows the meeting's phase", async () => {
  const { screen, meeting } = await showTo(anna, <Conduct />);
  await offered(screen).toEqual(["Open the meeting"]);
  await screen.getByRole("button").click();
  await offered(screen).toEqual(["Next item", "Close the doors", "Suspend", "End the meeting"]);
  await screen.getByRole("button", { name: "Next item" }).click();
  await screen.getByRole("button", { name: "Next item" }).click();
  await offered(screen).toEqual(["Close the doors", "Suspend", "End the meeting"]);
  await screen.getByRole("button", { name: "Suspend" }).click();
  await offered(screen).toEqual(["Resume", "Close the doors", "End the meeting"]);
  meeting.by(anna, { type: "endMeeting" });
  await expect.element(screen.getByRole("heading")).not.toBeInTheDocument();
});

test("a private meeting has no doors to open or close", async () => {
  const meeting = new MeetingInMemory({ kind: "private", self: anna });
  meeting.by(anna, { type: "openMeeting" });
  const { screen } = await showTo(anna, <Conduct />, { meeting });
  await offered(screen).toEqual(["Next item", "Suspend", "End the meeting"]);
});

test("the doors close only once it is answered who stays, and nobody stays unless ticked", async () => {
  const meeting = new MeetingInMemory({ self: anna });
  meeting.by(anna, { type: "openMeeting" });
  const { screen } = await showTo(anna, <Conduct />, { meeting });
  await screen.getByRole("button", { name: "Close the doors" }).click();
  await expect.element(screen.getByRole("checkbox", { name: /Gita Rao/ })).not.toBeChecked();
  expect(meeting.sent).toEqual([]);
  await screen.getByRole("checkbox", { name: /Gita Rao/ }).click();
  await screen.getByTestId("confirm").click();
  expect(meeting.sent).toEqual([{ type: "closeDoors", admitted: [gita] }]);
  await expect.element(screen.getByRole("button", { name: "Open the doors" })).toBeVisible();
});

test("a meeting is ended only by whoever says that it is over for good", async () => {
  const meeting = new MeetingInMemory({ self: anna });
  meeting.by(anna, { type: "openMeeting" });
  const { screen } = await showTo(anna, <Conduct />, { meeting });
  await screen.getByRole("button", { name: "End the meeting" }).click();
  await expect.element(screen.getByTestId("cancel")).toHaveFocus();
  await expect.element(screen.getByTestId("confirm")).toBeDisabled();
  await userEvent.keyboard("{Escape}");
  await expect.element(screen.getByRole("dialog")).not.toBeInTheDocument();
  expect(meeting.snapshot().state?.phase).toBe("open");
});

test("why an act was refused is said beside it, and no more once another was done", async () => {
  const meeting = new MeetingInMemory({ self: anna });
  const { screen } = await showTo(anna, <Conduct />, { meeting });
  const refuse = meeting.command;
  Object.assign(meeting, { command: async () => ({ ok: false, code: "house.busy" }) });
  await screen.getByRole("button", { name: "Open the meeting" }).click();
  await expect.element(screen.getByTestId("problem")).toHaveAttribute("data-code", "house.busy");
  Object.assign(meeting, { command: refuse });
  await screen.getByRole("button", { name: "Open the meeting" }).click();
  await expect.element(screen.getByTestId("problem")).not.toBeInTheDocument();
});

test("the office conducts by the same buttons, and reads beside them what went wrong with its links", async () => {
  const { screen, meeting } = await showAtOffice(<Conduct problem="link.unknown" />);
  await expect.element(screen.getByTestId("problem")).toHaveAttribute("data-code", "link.unknown");
  meeting.office({ type: "openMeeting" });
  meeting.office({ type: "startItem", item: budget });
  await offered(screen).toEqual(["Next item", "Close the doors", "Suspend", "End the meeting"]);
});
