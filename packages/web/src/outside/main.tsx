import { createRoot } from "react-dom/client";
import "../design/tokens/index.css";
import { Notice } from "../design/parts/Notice.tsx";
import { startTranslation } from "../i18n/index.ts";
import { outside } from "../i18n/texts.ts";

startTranslation(outside);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");
createRoot(root).render(<Notice code="request.not-found" />);
