import "../strict.ts";
import "../design/tokens/index.css";
import { startTranslation } from "../i18n/index.ts";
import { inside } from "../inside/texts.ts";

// Pages as they are begun by inside/main.tsx and index.html, in a language of which the tests know the words.
localStorage.setItem("raadhuis.language", "en");
document.documentElement.classList.add("raadhuis-theme");
document.body.classList.add("voorbeeld-theme", "raadhuis-theme");
startTranslation(inside);
