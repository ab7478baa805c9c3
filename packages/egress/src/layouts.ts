import { type Box, HEIGHT, WIDTH } from "./picture.ts";

/** What of a room can be in the picture. Drawn in this order. */
export const PARTS = ["screen", "speaker"] as const;
export type Part = (typeof PARTS)[number];

/** Where what stands while the room is shown. What a layout has no region for is not in the picture. */
export type Layout = Partial<Record<Part, Box>> & {
  /** Name and agenda item: drawn last, over what is there, from the lower left corner upwards. */
  lowerThird: Box;
};

const LOWER_THIRD: Box = { x: 48, y: 450, width: 1184, height: 230 };

/** Each layout by its name, of any size and number; `layouts.test.ts` says what must hold of all of them. */
export const layouts = {
  speaker: {
    speaker: { x: 0, y: 0, width: WIDTH, height: HEIGHT },
    lowerThird: LOWER_THIRD,
  },
  /** A shared screen leaves this much to the speaker beside it. */
  speakerWithShare: {
    screen: { x: 0, y: 72, width: 1024, height: 576 },
    speaker: { x: 1024, y: 72, width: 256, height: 144 },
    lowerThird: LOWER_THIRD,
  },
} as const satisfies Record<string, Layout>;

/** Which of them is shown. */
export const layoutOf = ({ screen }: { screen: boolean }): Layout =>
  screen ? layouts.speakerWithShare : layouts.speaker;

/** In place of a camera that is off stands a card; one that is large enough says the name itself. */
export const saysName = ({ height }: Box): boolean => height >= HEIGHT / 2;

const MARGIN = 96;
const PANEL_HEIGHT = 132;

/** Where what stands on a slate. */
export const slateLayout = {
  emblem: { x: MARGIN, y: 76, width: 48, height: 50 },
  body: { x: MARGIN + 68, y: 76, width: WIDTH - 2 * MARGIN - 68, height: 50 },
  /** What is the matter, and what is said about it. */
  words: { x: MARGIN, y: 160, width: WIDTH - 2 * MARGIN, height: 412 },
  panel: { x: 0, y: HEIGHT - PANEL_HEIGHT, width: WIDTH, height: PANEL_HEIGHT },
  /** The meeting's title, on the panel. */
  title: { x: MARGIN, y: HEIGHT - PANEL_HEIGHT + 4, width: WIDTH - 2 * MARGIN, height: PANEL_HEIGHT - 4 },
} as const satisfies Record<string, Box>;
