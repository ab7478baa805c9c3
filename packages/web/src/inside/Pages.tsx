import type { RouteObject } from "react-router";
import { Lost } from "../design/parts/Lost.tsx";
import { unlessSessionIsOver } from "./api/loaded.ts";
import { Broken } from "./Broken.tsx";
import * as home from "./features/home/Home.tsx";
import { Waiting } from "./Waiting.tsx";

/** Of the office; nobody comes to one without its gate. */
const office: RouteObject[] = [
  { index: true, lazy: () => import("./features/meetings/MeetingsPage.tsx") },
  { path: "access", lazy: () => import("./features/access/AccessPage.tsx") },
  { path: "settings", lazy: () => import("./features/office/SettingsPage.tsx") },
  { path: "settings/organs", Component: Lost, lazy: () => import("./features/organs/data.ts") },
  { path: "people", lazy: () => import("./features/people/PeoplePage.tsx") },
  { path: "people/list", Component: Lost, lazy: () => import("./features/people/takeList.ts") },
  { path: "meetings/new", lazy: () => import("./features/meetings/NewMeetingPage.tsx") },
  {
    path: "meetings/:meeting",
    lazy: () => import("./features/live/Live.tsx").then(({ Live: Component }) => ({ Component })),
  },
];

/**
 * Every address of the chamber and the office. A page is fetched when somebody goes there: its `Component`, its `loader`
 * and its `action`. An address with nothing to show has an action alone.
 */
export const pages: RouteObject[] = [
  {
    HydrateFallback: Waiting,
    ErrorBoundary: Broken,
    children: [
      { path: "/", ...home },
      { path: "/m/:meeting", lazy: () => import("./features/seat/Redeem.tsx").then(alone) },
      { path: "/m/:meeting/:seat", lazy: () => import("./features/seat/SeatPage.tsx").then(alone) },
      { path: "/office/setup", lazy: () => import("./features/office/SetUp.tsx") },
      { path: "/office/sign-in", lazy: () => import("./features/office/SignInByLink.tsx") },
      {
        path: "/office",
        lazy: () => import("./features/office/Gate.tsx"),
        children: [
          {
            lazy: () => import("./features/office/Unloaded.tsx"),
            children: office.map((page) => ({ ...page, shouldRevalidate: unlessSessionIsOver })),
          },
        ],
      },
      { path: "*", Component: Lost },
    ],
  },
];

/** A page that fetches for itself whatever it shows. */
function alone({ default: Component }: { default: () => React.ReactNode }) {
  return { Component };
}
