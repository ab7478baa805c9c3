import "../strict.ts";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import "../design/tokens/index.css";
import { startTranslation } from "../i18n/index.ts";
import { mendAddress } from "./address.ts";
import { Pages } from "./Pages.tsx";
import { outside } from "./texts.ts";

mendAddress();
startTranslation(outside);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");
createRoot(root).render(
  <BrowserRouter>
    <Pages />
  </BrowserRouter>,
);
