import "../strict.ts";
import { createRoot } from "react-dom/client";
import { createBrowserRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import "../design/tokens/index.css";
import { startTranslation } from "../i18n/index.ts";
import { mendAddress, watchFragment } from "./fragment.ts";
import { pages } from "./Pages.tsx";
import { inside } from "./texts.ts";

mendAddress();
watchFragment();
startTranslation(inside);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");
createRoot(root).render(<RouterProvider router={createBrowserRouter(pages)} />);
