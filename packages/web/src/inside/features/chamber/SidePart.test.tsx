import type { SeatId } from "@raadhuis/meeting";
import { beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { anna, budget, iris, MeetingInMemory, mo } from "../../../testing/meetingInMemory.ts";
import { showTo } from "../../../testing/show.tsx";
import { NewsAloud } from "./News.tsx";
import { SidePart } from "./SidePart.tsx";
import { useSide } from "./side.ts";

function WithSide() {
  const side = useSide();
  return (
    <>
      <button type="button" onClick={side.toggle}>
        Open or close
      </button>
      <SidePart side={side} />
      <NewsAloud side={side} />
    </>
  );
}

type Screen = Awaited<ReturnType<typeof showTo>>["screen"];
const tab = (screen: Screen, name: RegExp) => screen.getByRole("tab", { name });
const openOrClose = (screen: Screen) => screen.getByRole("button", { name: "Open or close" }).click();

/** Begun, and open on a phone with this tab in sight. */
async function showOnPhone(self: SeatId, first: RegExp) {
  const meeting = new MeetingInMemory({ self });
  meeting.by(anna, { type: "openMeeting" });
  const { screen } = await showTo(self, <WithSide />, { meeting });
  await openOrClose(screen);
  await tab(screen, first).click();
  return { screen, meeting };
}

beforeEach(() => page.viewport(390, 844));

test("on a small screen one panel is in sight; arrow keys, Home and End choose another", async () => {
  const { screen } = await showOnPhone(mo, /Agenda/);
  await expect.element(screen.getByRole("heading", { name: "Agenda" })).toBeVisible();
  await expect.element(screen.getByText("Nobody has raised a hand.")).not.toBeVisible();
  await userEvent.keyboard("{ArrowRight}");
  await expect.element(tab(screen, /Floor/)).toHaveFocus();
  await expect.element(screen.getByRole("tabpanel", { name: /Floor/ })).toBeVisible();
  await expect.element(screen.getByText("Nobody has raised a hand.")).toBeVisible();
  await userEvent.keyboard("{End}");
  await expect.element(tab(screen, /People/)).toHaveAttribute("aria-selected", "true");
  await userEvent.keyboard("{ArrowRight}");
  await expect.element(tab(screen, /Agenda/)).toHaveAttribute("aria-selected", "true");
  await userEvent.keyboard("{End}");
  await userEvent.keyboard("{Home}");
  await expect.element(tab(screen, /Agenda/)).toHaveFocus();
});

test("a hand that is raised while another tab is in sight is counted and said politely, until it is looked at", async () => {
  const { screen, meeting } = await showOnPhone(mo, /Agenda/);
  meeting.by(iris, { type: "raiseHand" });
  await expect.element(tab(screen, /Floor.*1 new/)).toBeVisible();
  await expect.element(screen.getByTestId("news-aloud")).toHaveTextContent("Floor: 1 new");
  await tab(screen, /Floor/).click();
  await expect.element(screen.getByTestId("news")).not.toBeInTheDocument();
  await expect.element(screen.getByTestId("news-aloud")).toBeEmptyDOMElement();
  await tab(screen, /Agenda/).click();
  await expect.element(tab(screen, /^Floor$/)).toBeVisible();
});

test("whoever raises a hand, or looks at the hands, hears nothing new of it; with the side away they do", async () => {
  const { screen, meeting } = await showOnPhone(mo, /Agenda/);
  meeting.by(mo, { type: "raiseHand" });
  await expect.element(screen.getByTestId("queued")).toBeInTheDocument();
  expect(screen.getByTestId("news").elements()).toEqual([]);
  await tab(screen, /Floor/).click();
  meeting.by(iris, { type: "raiseHand" });
  await expect.element(screen.getByText("Iris Jansen").first()).toBeVisible();
  await expect.element(screen.getByTestId("news-aloud")).toBeEmptyDOMElement();
  await openOrClose(screen);
  meeting.by(anna, { type: "raiseHand" });
  await expect.element(screen.getByTestId("news-aloud")).toHaveTextContent("Floor: 1 new");
});

test("the tab that was chosen is in sight again after one was outside", async () => {
  const { screen, meeting } = await showOnPhone(mo, /People/);
  await screen.unmount();
  const again = await showTo(mo, <WithSide />, { meeting });
  await openOrClose(again.screen);
  await expect.element(tab(again.screen, /People/)).toHaveAttribute("aria-selected", "true");
});

test("on a large screen all panels stand in a column, and nothing is a tab", async () => {
  await page.viewport(1440, 900);
  const { screen, meeting } = await showTo(anna, <WithSide />);
  for (const name of ["Conduct the meeting", "Agenda", "Asks for the floor", /^People/])
    await expect.element(screen.getByRole("heading", { name })).toBeVisible();
  expect(screen.getByRole("tab").elements()).toEqual([]);
  expect(screen.getByRole("tabpanel").elements()).toEqual([]);
  meeting.by(anna, { type: "openMeeting" });
  meeting.by(anna, { type: "startItem", item: budget });
  await expect.element(screen.getByText("now under discussion")).toBeVisible();
  expect(screen.getByTestId("news").elements()).toEqual([]);
});

test("a tablet that is turned keeps what stands in the panels", async () => {
  await page.viewport(1024, 768);
  const { screen } = await showTo(anna, <WithSide />);
  const before = screen.getByTestId("agenda-item").first().element();
  await page.viewport(768, 1024);
  await openOrClose(screen);
  await tab(screen, /Agenda/).click();
  expect(screen.getByTestId("agenda-item").first().element()).toBe(before);
});

test("a call has no agenda and no tab for it", async () => {
  const { screen } = await showTo(mo, <WithSide />, { meeting: new MeetingInMemory({ kind: "call", self: mo }) });
  await openOrClose(screen);
  await expect.element(tab(screen, /Floor/)).toBeVisible();
  expect(tab(screen, /Agenda/).elements()).toEqual([]);
});

test("with 320 pixels and letters of twice the size every tab can be hit, and nothing runs out of sight", async () => {
  await page.viewport(320, 640);
  document.documentElement.style.fontSize = "200%";
  try {
    const { screen } = await showOnPhone(anna, /Floor/);
    for (const one of screen.getByRole("tab").elements()) {
      const { width, height, right } = one.getBoundingClientRect();
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
      expect(right).toBeLessThanOrEqual(320);
    }
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
  } finally {
    document.documentElement.style.fontSize = "";
  }
});
