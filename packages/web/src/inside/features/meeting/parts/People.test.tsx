import type { SeatId } from "@raadhuis/meeting";
import { expect, test, vi } from "vitest";
import { anna, gita, iris, MeetingInMemory, mo } from "../../../../testing/meetingInMemory.ts";
import { showAtOffice, showTo } from "../../../../testing/show.tsx";
import { People } from "./People.tsx";
import { Queue } from "./Queue.tsx";

type Screen = Awaited<ReturnType<typeof showTo>>["screen"];
const row = (screen: Screen, name: string) => screen.getByTestId("person").filter({ hasText: name });
const lists = (
  <>
    <Queue />
    <People />
  </>
);

function inSession(self?: SeatId) {
  const meeting = new MeetingInMemory(self ? { self } : {});
  meeting.by(anna, { type: "openMeeting" });
  return meeting;
}

test("whoever is not let in once the doors are closed waits outside, whoever is let stay is present", async () => {
  const meeting = inSession(anna);
  const { screen } = await showTo(anna, lists, { meeting });
  meeting.by(anna, { type: "closeDoors", admitted: [] });
  await expect.element(row(screen, "Gita Rao")).toMatchTextContent(/waits outside/);
  expect(row(screen, "Gita Rao").element().getAttribute("data-present")).toBe("false");
  meeting.by(anna, { type: "openDoors" });
  meeting.house({ type: "arrive", seats: [gita] });
  meeting.by(anna, { type: "closeDoors", admitted: [gita] });
  await expect.poll(() => row(screen, "Gita Rao").element().textContent).toContain("present");
});

test("whoever does not conduct sees who is there, and no buttons", async () => {
  const { screen, meeting } = await showTo(mo, lists, { meeting: inSession(mo) });
  meeting.by(iris, { type: "raiseHand" });
  await expect.element(screen.getByTestId("queued")).toMatchTextContent(/Iris Jansen/);
  expect(screen.getByRole("button").elements()).toEqual([]);
});

test("the chair gives the floor and takes it back, lowers hands, and cannot remove themselves", async () => {
  const meeting = inSession(anna);
  const { screen } = await showTo(anna, lists, { meeting });
  meeting.by(iris, { type: "raiseHand" });
  meeting.by(mo, { type: "raiseHand" });
  await screen.getByRole("button", { name: /Lower the hand of Iris/ }).click();
  await screen.getByTestId("queued").getByRole("button", { name: "Give the floor" }).click();
  await expect.element(screen.getByText("Nobody has raised a hand.")).toBeVisible();
  await expect.element(row(screen, "Mo Haddad")).toMatchTextContent(/has the floor/);
  await row(screen, "Mo Haddad").getByRole("button", { name: "Take the floor back" }).click();
  expect(meeting.sent.map(({ type }) => type)).toEqual(["lowerHand", "giveFloor", "takeFloor"]);
  expect(row(screen, "Anna de Wit").getByTestId("remove").elements()).toEqual([]);
});

test("where the button that has the focus goes, the focus goes to the heading of its part", async () => {
  const meeting = inSession(anna);
  const { screen } = await showTo(anna, lists, { meeting });
  meeting.by(iris, { type: "raiseHand" });
  await screen.getByRole("button", { name: /Lower the hand of Iris/ }).click();
  await expect.element(screen.getByRole("heading", { name: "Asks for the floor" })).toHaveFocus();
});

test("somebody is removed only after a question, and stands last, after whoever has left, to be readmitted", async () => {
  const meeting = inSession(anna);
  meeting.house({ type: "leave", seats: [iris] });
  const { screen } = await showTo(anna, lists, { meeting });
  await row(screen, "Mo Haddad")
    .getByRole("button", { name: /^Remove Mo/ })
    .click();
  expect(meeting.sent).toEqual([]);
  await screen.getByTestId("confirm").click();
  expect(meeting.sent).toEqual([{ type: "removeSeat", seat: mo }]);
  await expect.element(screen.getByTestId("person").last()).toMatchTextContent(/removed/);
  await expect.element(screen.getByRole("button", { name: /^Readmit Mo/ })).toBeVisible();
});

test("the office readmits at once, with a new link, and has more buttons in each row", async () => {
  const meeting = inSession();
  meeting.office({ type: "removeSeat", seat: mo });
  const readmit = vi.fn();
  const { screen } = await showAtOffice(
    <People readmit={readmit} more={({ name }) => <em>link of {name}</em>} />,
    meeting,
  );
  await screen.getByRole("button", { name: /^Readmit Mo/ }).click();
  expect(readmit).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: mo }));
  await expect.element(screen.getByText("link of Gita Rao")).toBeVisible();
});
