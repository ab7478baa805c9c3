import type { Settings } from "@raadhuis/protocol/settings";
import type { Standing } from "./house.ts";
import { mediaPortsOf } from "./ports.ts";

/** The one line of --json, for programs. */
export function asJson(settings: Settings, { setUpLink, demo }: Standing): string {
  return JSON.stringify({
    ready: true,
    meeting: demo?.meeting ?? null,
    home: `${settings.chamber.url}/`,
    office: demo?.office ?? setUpLink ?? `${settings.chamber.url}/office`,
    gallery: `${settings.gallery.url}/`,
    chair: demo?.chair ?? null,
    clerk: demo?.clerk ?? null,
    members: demo?.members ?? [],
    citizen: demo?.citizen ?? null,
  });
}

/** The same for a person at a terminal. */
export function inWords(settings: Settings, { setUpLink, media, demo }: Standing): string {
  const lines = [
    "",
    "Raadhuis is open.",
    "",
    `  Home     ${settings.chamber.url}/`,
    `  Office   ${demo?.office ?? setUpLink ?? `${settings.chamber.url}/office`}`,
    `  Gallery  ${settings.gallery.url}/`,
  ];
  if (setUpLink && !demo)
    lines.push(
      "",
      "The office's link works once, within an hour: open it to set up your house. A new start shows a new one.",
    );
  if (demo) {
    const width = Math.max(...demo.all.map(({ name }) => name.length));
    const [taken, free] = [demo.all.filter(({ synthetic }) => synthetic), demo.all.filter((seat) => !seat.synthetic)];
    lines.push(
      "",
      "Open this first, to watch the demo meeting as the public does:",
      "",
      `  ${settings.gallery.url}/meeting/${demo.meeting}`,
      "",
      "Then take part: each link is one person's own way in. The chair's leads the meeting.",
      "",
    );
    for (const { name, role, link } of free) lines.push(`  ${name.padEnd(width)}  ${role.padEnd(11)}  ${link}`);
    if (taken.length > 0)
      lines.push("", `Synthetic people have the seats of ${taken.map(({ name }) => name).join(", ")}.`);
  }
  if (media.length > 0)
    lines.push(
      "",
      `Sound and picture travel by UDP port ${mediaPortsOf(settings).join(", ")}, on ${media.join(", ")}.`,
    );
  lines.push("", "Ctrl-C ends it.", "");
  return lines.join("\n");
}
