/** Where a request came in that no page can answer: the pages' own files are not to be had under that host name either. */
export type DoorSetting = "RAADHUIS_URL" | "RAADHUIS_GALLERY_URL";

/** Asked for by somebody's browser, to be looked at; scripts and pages ask for what they can read. */
export const isNavigation = (method: string | undefined, accept: string | undefined): boolean =>
  (method === "GET" || method === "HEAD") && /\btext\/html\b/.test(accept ?? "");

/** The first of the reader's languages that the house speaks (Accept-Language; browsers put the dearest first). */
export function languageOf(accepted: string | undefined, otherwise: "nl" | "en"): "nl" | "en" {
  for (const tag of (accepted ?? "").slice(0, 200).split(",")) {
    const language = tag.trim().slice(0, 2).toLowerCase();
    if (language === "nl" || language === "en") return language;
  }
  return otherwise;
}

const words = {
  nl: {
    title: "Dit adres is niet het adres van het huis",
    visitor: "Controleer het adres, of open de link opnieuw die u gekregen hebt.",
    keeper: (door: DoorSetting) =>
      `Beheert u dit huis? Kijk dan naar de instelling ${door}: daar staat het adres dat mensen intypen, met de poort erbij als het niet de gewone is. Een proxy ervoor moet dat adres ongewijzigd doorgeven (Host). In het logboek staat welk adres binnenkwam en welk werd verwacht.`,
  },
  en: {
    title: "This is not the house's address",
    visitor: "Check the address, or open the link again that you were given.",
    keeper: (door: DoorSetting) =>
      `Do you run this house? Then look at the setting ${door}: it holds the address that people type, with the port where that is not the usual one. A proxy in front must pass that address on as it is (Host). The log says which address came and which was expected.`,
  },
};

/** A page without any file beside it. It names no address: whoever asks by a wrong one need not learn the right one here. */
export function wrongDoorPage(door: DoorSetting, language: "nl" | "en"): string {
  const { title, visitor, keeper } = words[language];
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<main>
<h1>${title}</h1>
<p>${visitor}</p>
<p>${keeper(door)}</p>
</main>
</html>
`;
}

/** What came, as it may stand in a log: a host name has no more letters than this, whoever sends it. */
const HOST_LETTERS = 253 + ":65535".length;
const AGAIN_MS = 60_000;

/** Tells of requests for another host, and then for a minute only counts them: anybody can send any number. */
export class WrongDoors {
  readonly #tell: (told: { came: string; expected: string; more: number }) => void;
  readonly #now: () => number;
  #toldAt = Number.NEGATIVE_INFINITY;
  #more = 0;

  constructor(tell: (told: { came: string; expected: string; more: number }) => void, now: () => number = Date.now) {
    this.#tell = tell;
    this.#now = now;
  }

  count(came: string | undefined, expected: string): void {
    if (this.#now() - this.#toldAt < AGAIN_MS) {
      this.#more++;
      return;
    }
    this.#toldAt = this.#now();
    this.#tell({ came: (came ?? "").slice(0, HOST_LETTERS), expected, more: this.#more });
    this.#more = 0;
  }
}
