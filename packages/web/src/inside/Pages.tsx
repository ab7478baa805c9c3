import { lazy, Suspense } from "react";
import { Route, Routes } from "react-router";
import { Lost } from "../design/parts/Lost.tsx";
import { Home } from "./features/home/Home.tsx";

const Redeem = lazy(() => import("./features/seat/Redeem.tsx"));
const Seat = lazy(() => import("./features/seat/SeatPage.tsx"));
const Office = lazy(() => import("./features/office/OfficePages.tsx"));

/** Every address of the chamber and the office. */
export function Pages() {
  return (
    <Suspense fallback={null}>
      <Routes>
        <Route path="/" element={<Home />} />
        <Route path="/m/:meeting" element={<Redeem />} />
        <Route path="/m/:meeting/:seat" element={<Seat />} />
        <Route path="/office/*" element={<Office />} />
        <Route path="*" element={<Lost />} />
      </Routes>
    </Suspense>
  );
}
