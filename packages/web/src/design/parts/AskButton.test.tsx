import { expect, test, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { AskButton } from "./AskButton.tsx";

const ask = { question: "Really?", explanation: "It cannot be undone.", act: "Do it" };

test("it asks first, with the focus on the way out; Escape does nothing and gives the focus back", async () => {
  const act = vi.fn();
  const screen = await render(
    <AskButton ask={ask} onAct={act}>
      Go
    </AskButton>,
  );
  await screen.getByRole("button", { name: "Go" }).click();
  await expect.element(screen.getByRole("dialog", { name: "Really?" })).toBeVisible();
  await expect.element(screen.getByRole("button", { name: "Cancel" })).toHaveFocus();
  await userEvent.keyboard("{Escape}");
  await expect.element(screen.getByRole("dialog")).not.toBeInTheDocument();
  await expect.element(screen.getByRole("button", { name: "Go" })).toHaveFocus();
  expect(act).not.toHaveBeenCalled();
});

test("it is busy until what was confirmed is done, and a second press does nothing", async () => {
  const done = Promise.withResolvers<void>();
  const act = vi.fn(() => done.promise);
  const screen = await render(
    <AskButton ask={ask} onAct={act}>
      Go
    </AskButton>,
  );
  const button = screen.getByRole("button", { name: "Go" });
  await button.click();
  await screen.getByRole("button", { name: "Do it" }).click();
  await expect.element(button).toHaveAttribute("aria-busy", "true");
  await expect.element(button).toHaveFocus();
  await expect.element(screen.getByRole("status")).toHaveTextContent("Working…");
  done.resolve();
  await expect.element(button).not.toHaveAttribute("aria-busy");
  expect(act).toHaveBeenCalledOnce();
});

test("where nothing need be asked one press does it", async () => {
  const act = vi.fn();
  const screen = await render(
    <AskButton ask={null} onAct={act}>
      Go
    </AskButton>,
  );
  await screen.getByRole("button").click();
  expect(act).toHaveBeenCalledOnce();
  expect(screen.getByRole("dialog").elements()).toEqual([]);
});

test("what can never be undone wants a sentence ticked", async () => {
  const act = vi.fn();
  const screen = await render(
    <AskButton ask={{ ...ask, sure: "For good" }} onAct={act}>
      Go
    </AskButton>,
  );
  await screen.getByRole("button", { name: "Go" }).click();
  await expect.element(screen.getByRole("button", { name: "Do it" })).toBeDisabled();
  await screen.getByRole("checkbox", { name: "For good" }).click();
  await screen.getByRole("button", { name: "Do it" }).click();
  expect(act).toHaveBeenCalledOnce();
});

test("whoever is being asked is let answer, also where it need not be asked any more", async () => {
  const act = vi.fn();
  const button = (question: typeof ask | null) => (
    <AskButton ask={question} onAct={act}>
      Go
    </AskButton>
  );
  const screen = await render(button(ask));
  await screen.getByRole("button", { name: "Go" }).click();
  await screen.rerender(button(null));
  await screen.getByRole("button", { name: "Do it" }).click();
  expect(act).toHaveBeenCalledOnce();
});
