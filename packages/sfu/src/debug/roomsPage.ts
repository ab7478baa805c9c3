import type { Room } from "../room.ts";
import { escaped, pageOf } from "./html.ts";

/** All rooms, with the way to each. */
export function roomsPage(rooms: readonly Room[]): string {
  const rows = rooms.map((room) => {
    const people = [...room.participants.values()];
    const count = (of: (person: (typeof people)[number]) => number) =>
      `<td class="number">${people.reduce((sum, person) => sum + of(person), 0)}</td>`;
    const link = `<a href="/debug/rooms/${escaped(encodeURIComponent(room.name))}">${escaped(room.name)}</a>`;
    return `<tr><td>${link}</td>${count(() => 1)}${count(({ tracks }) => tracks.size)}${count(({ subscriptions }) => subscriptions.size)}</tr>`;
  });
  const head =
    '<tr><th>room</th><th class="number">people</th><th class="number">tracks in</th><th class="number">tracks out</th></tr>';
  const table = rows.length === 0 ? "<p>There are no rooms.</p>" : `<table>${head}${rows.join("")}</table>`;
  return pageOf("Rooms", `<h1>Rooms</h1><p>of this media process</p>${table}`);
}
