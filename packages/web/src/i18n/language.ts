export const languages = ["nl", "en"] as const;
export type Language = (typeof languages)[number];

const KEY = "raadhuis.language";

const isLanguage = (text: string | null | undefined): text is Language => languages.some((one) => one === text);

/** The first of the reader's languages that we speak. */
export function preferred(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = tag.slice(0, 2).toLowerCase();
    if (isLanguage(language)) return language;
  }
  return "en";
}

/** What was chosen before, else what the browser asks for. Storage may be refused. */
export function chosenLanguage(): Language {
  try {
    const kept = localStorage.getItem(KEY);
    if (isLanguage(kept)) return kept;
  } catch {
    // A browser that keeps nothing: fall through to its own languages.
  }
  return preferred(navigator.languages);
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Not kept: the switch still holds for this page.
  }
}
