import { Profiler } from "react";
import { expect, test } from "vitest";
import { MediaInMemory } from "../../../testing/mediaInMemory.ts";
import { anna, iris, MeetingInMemory, mo } from "../../../testing/meetingInMemory.ts";
import { showTo } from "../../../testing/show.tsx";
import type { PersonMedia } from "../media/view.ts";
import { useMeeting } from "../meeting/context.ts";
import { Stage } from "./Stage.tsx";
import { Tile } from "./Tile.tsx";

const person: PersonMedia = {
  camera: null,
  microphone: null,
  screen: null,
  screenSound: null,
  microphoneOn: false,
  cameraOn: false,
  speaking: false,
};

function room() {
  const meeting = new MeetingInMemory({ self: anna });
  meeting.by(anna, { type: "openMeeting" });
  const media = new MediaInMemory();
  media.become({ people: new Map([[mo, person]]), seen: new Set([mo]) });
  return { meeting, media };
}

/** Counts how often something in each of these was drawn. */
function counter() {
  const drawn: Record<string, number> = {};
  const count = (id: string) => {
    drawn[id] = (drawn[id] ?? 0) + 1;
  };
  return { drawn, count };
}

test("a hand that is raised draws the tile of whoever raised it anew, and no other", async () => {
  const { meeting, media } = room();
  const { drawn, count } = counter();
  function Tiles() {
    const seats = useMeeting(({ seats }) => seats);
    return seats.map((seat) => (
      <Profiler key={seat.id} id={seat.id} onRender={count}>
        <Tile seat={seat} self={seat.id === anna} large={false} />
      </Profiler>
    ));
  }
  const { screen } = await showTo(anna, <Tiles />, { meeting, media });
  const before = { ...drawn };
  meeting.by(mo, { type: "raiseHand" });
  await expect.element(screen.getByText("hand raised")).toBeInTheDocument();
  expect(drawn).toEqual({ ...before, [mo]: (before[mo] ?? 0) + 1 });
});

test("a hand of somebody who has no tile draws nothing of the stage anew", async () => {
  const { meeting, media } = room();
  const { drawn, count } = counter();
  function Hands() {
    return <p>{useMeeting(({ floor }) => floor.queue.length)} hands</p>;
  }
  const stage = (
    <>
      <Hands />
      <Profiler id="stage" onRender={count}>
        <Stage />
      </Profiler>
    </>
  );
  const { screen } = await showTo(anna, stage, { meeting, media });
  const before = drawn.stage;
  meeting.by(iris, { type: "raiseHand" });
  await expect.element(screen.getByText("1 hands")).toBeVisible();
  expect(drawn.stage).toBe(before);
});

test("whoever speaks is marked on their own tile alone, and is large while nobody has the floor", async () => {
  const { meeting, media } = room();
  const { screen } = await showTo(anna, <Stage />, { meeting, media });
  media.become({ people: new Map([[mo, { ...person, speaking: true }]]), spotlight: mo });
  const [theirs, own] = [screen.getByTestId("tile").first(), screen.getByTestId("tile").last()];
  await expect.element(theirs).toHaveAttribute("data-speaking", "true");
  await expect.element(theirs).toHaveAttribute("data-stage", "true");
  await expect.element(own).toHaveAttribute("data-speaking", "false");
  meeting.by(anna, { type: "giveFloor", seat: anna });
  await expect.element(own).toHaveAttribute("data-stage", "true");
  await expect.element(theirs).toHaveAttribute("data-stage", "false");
});
