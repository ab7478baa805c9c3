import assert from "node:assert/strict";
import { test } from "node:test";
import { linksCsv } from "./linksCsv.ts";

const csvOf = (...names: string[]) =>
  linksCsv(
    names.map((name, n) => ({ seat: `seat${n}`, name, role: "member", link: `https://raad.example/m/x#${n}` })),
    { header: ["Naam", "Rol", "Link"], name: ({ name }) => name ?? "(gewist)", role: () => "lid" },
  );

test("links are a file that a Dutch Excel opens by itself: a byte order mark, semicolons, whole lines", () => {
  assert.equal(
    csvOf("Zoë de Vries", "Jan; Piet"),
    '\uFEFF"Naam";"Rol";"Link"\r\n"Zoë de Vries";"lid";"https://raad.example/m/x#0"\r\n"Jan; Piet";"lid";"https://raad.example/m/x#1"\r\n',
  );
});

test("a name is a name: no cell is a formula, none ends early", () => {
  const names: [name: string, cell: string][] = [
    ['=HYPERLINK("https://evil.example";"klik")', `"'=HYPERLINK(""https://evil.example"";""klik"")"`],
    ["+31 6 12345678", `"'+31 6 12345678"`],
    ["-Jan", `"'-Jan"`],
    ["@SUM(A1)", `"'@SUM(A1)"`],
    [" =1+1", `"' =1+1"`],
    ["\t=1+1", `"'\t=1+1"`],
    ["＝1+1", `"'＝1+1"`],
    ['";=1+1;"', '""";=1+1;"""'],
    ["Jan-Willem = Piet", '"Jan-Willem = Piet"'],
  ];
  for (const [name, cell] of names) assert.ok(csvOf(name).includes(`\r\n${cell};"lid";`), name);
});
