import { lazy, Suspense } from "react";
import { Route, Routes } from "react-router";
import { Lost } from "../design/parts/Lost.tsx";
import { Home } from "./features/programme/Home.tsx";

const MeetingPage = lazy(() => import("./features/watch/MeetingPage.tsx"));

/** Every address of the gallery. */
export function Pages() {
  return (
    <Suspense fallback={null}>
      <Routes>
        <Route path="/" element={<Home />} />
        <Route path="/meeting/:meeting" element={<MeetingPage />} />
        <Route path="*" element={<Lost />} />
      </Routes>
    </Suspense>
  );
}
