import { expect, test, vi } from "vitest";
import { render } from "vitest-browser-react";
import { MediaInMemory } from "../../../testing/mediaInMemory.ts";
import { Devices } from "./Devices.tsx";
import type { Wished } from "./useWished.ts";

const wished: Wished = { held: false, on: () => false, toggle: vi.fn(), choose: vi.fn() };

async function show(part: Partial<Wished> = {}, trying = false) {
  const media = new MediaInMemory();
  const screen = await render(<Devices capture={media.capture} wished={{ ...wished, ...part }} trying={trying} />);
  return { screen, media };
}

test("each device says whether it is on, and is turned by a press", async () => {
  const toggle = vi.fn();
  const { screen } = await show({ on: (device) => device === "camera", toggle });
  await expect.element(screen.getByRole("button", { name: "Camera is on" })).toHaveAttribute("aria-pressed", "true");
  await screen.getByRole("button", { name: "Microphone is off" }).click();
  expect(toggle).toHaveBeenCalledExactlyOnceWith("microphone");
});

test("whoever may send nothing yet reads that they are only trying", async () => {
  const { screen } = await show({}, true);
  await expect.element(screen.getByRole("button", { name: "Try the microphone" })).toBeVisible();
  await expect.element(screen.getByTestId("lobby-trying")).toBeVisible();
});

test("whoever comes late reads why the microphone is off", async () => {
  const { screen } = await show({ held: true });
  await expect.element(screen.getByRole("status").filter({ hasText: "The meeting has begun" })).toBeVisible();
});

for (const [problem, words] of [
  ["refused", /The browser may not use your camera/],
  ["in-use", /Another program is using your camera/],
  ["missing", /No camera was found/],
  ["insecure", /only over a secure address/],
  ["failed", /The camera does not start/],
] as const)
  test(`a camera that is ${problem} is explained where its picture would be`, async () => {
    const { screen, media } = await show();
    media.device("camera", { problem });
    await expect.element(screen.getByRole("status").filter({ hasText: words })).toBeVisible();
    await expect.element(screen.getByTestId("lobby-camera")).toHaveAttribute("data-problem", problem);
  });

test("a microphone that was unplugged and is back is offered, politely", async () => {
  const choose = vi.fn();
  const { screen, media } = await show({ choose });
  media.device("microphone", { gone: { id: "desk", label: "Desk microphone", word: "off" } });
  await expect
    .element(screen.getByText("Desk microphone: not connected any more. Your microphone is off."))
    .toBeVisible();
  media.device("microphone", { gone: { id: "desk", label: "Desk microphone", word: "back" } });
  const use = screen.getByRole("button", { name: "Use Desk microphone" });
  await expect.poll(() => use.element().closest('[aria-live="polite"]')).not.toBeNull();
  await use.click();
  expect(choose).toHaveBeenCalledExactlyOnceWith("microphone", "desk");
});

test("another device can be chosen by its name, or by its number where the browser names none", async () => {
  const choose = vi.fn();
  const { screen, media } = await show({ choose });
  expect(screen.getByRole("combobox").elements()).toEqual([]);
  media.device("camera", {
    choices: [
      { id: "a", label: "Front", group: "g" },
      { id: "b", label: "", group: "h" },
    ],
  });
  await screen.getByRole("combobox", { name: "Camera" }).selectOptions("Camera 2");
  expect(choose).toHaveBeenCalledExactlyOnceWith("camera", "b");
});
