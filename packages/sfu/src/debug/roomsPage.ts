import { z } from "zod";
import type { Room } from "../room/room.ts";
import { escaped, pageOf } from "./html.ts";

/** A room as the list shows it. `process`: which of several media processes has it. */
const ListedRoom = z.object({
  name: z.string(),
  people: z.int(),
  tracksIn: z.int(),
  tracksOut: z.int(),
  process: z.int().optional(),
});
export type ListedRoom = z.infer<typeof ListedRoom>;

/** What a media process tells the front of its own (`/debug/rooms.json`). */
export const ListedRooms = z.array(ListedRoom);

export function listed(room: Room): ListedRoom {
  const people = [...room.participants.values()];
  return {
    name: room.name,
    people: people.length,
    tracksIn: people.reduce((sum, { tracks }) => sum + tracks.size, 0),
    tracksOut: people.reduce((sum, { subscriptions }) => sum + subscriptions.all.size, 0),
  };
}

const number = (value: number | string): string => `<td class="number">${value}</td>`;

/** All rooms, with the way to each. */
export function roomsPage(rooms: readonly ListedRoom[]): string {
  const several = rooms.some(({ process }) => process !== undefined);
  const rows = rooms.map(({ name, people, tracksIn, tracksOut, process }) => {
    const link = `<a href="/debug/rooms/${escaped(encodeURIComponent(name))}">${escaped(name)}</a>`;
    const where = several ? number(process ?? "") : "";
    return `<tr><td>${link}</td>${where}${[people, tracksIn, tracksOut].map(number).join("")}</tr>`;
  });
  const heads = [...(several ? ["process"] : []), "people", "tracks in", "tracks out"];
  const head = `<tr><th>room</th>${heads.map((text) => `<th class="number">${text}</th>`).join("")}</tr>`;
  const table =
    rows.length === 0
      ? "<p>There are no rooms now. A room is here from when its first person joins until the last has left.</p>"
      : `<table>${head}${rows.join("")}</table>`;
  return pageOf("Rooms", `<h1>Rooms</h1>${table}`);
}
