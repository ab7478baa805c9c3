import "../strict.ts";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import "../design/tokens/index.css";
import { startTranslation } from "../i18n/index.ts";
import { outside } from "../i18n/outside.ts";
import { mendAddress } from "./address.ts";
import { Pages } from "./Pages.tsx";

mendAddress();
startTranslation(outside);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");
createRoot(root).render(
  <BrowserRouter>
    <Pages />
  </BrowserRouter>,
);
