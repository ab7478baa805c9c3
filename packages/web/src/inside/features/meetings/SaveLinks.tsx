import type { SeatLink } from "@raadhuis/protocol/http";
import { Button } from "../../../design/parts/Button.tsx";
import { useWords } from "../../words.ts";
import { linksCsv } from "./linksCsv.ts";

/** These links as a CSV file, while they are there: nobody can show them again. */
export function SaveLinks({ links }: { links: readonly SeatLink[] }) {
  const { t } = useWords();
  const save = () => {
    const text = linksCsv(links, {
      header: [t("links.csv.name"), t("links.csv.role"), t("links.csv.link")],
      name: ({ name }) => name ?? t("person.erased"),
      role: ({ role }) => t(`role.${role}`),
    });
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    anchor.download = t("links.csv.file");
    anchor.click();
    // The browser has begun to read it by then.
    setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
  };
  return (
    <Button data-testid="save-links" onClick={save}>
      {t("links.csv")}
    </Button>
  );
}
