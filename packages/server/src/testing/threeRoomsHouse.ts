import { houseFor, planMeeting, setUp, testSettings } from "./house.ts";
import { startMediaServer } from "./mediaserver.ts";
import { threeRooms } from "./threeRooms.ts";

/**
 * A house with a meeting of four in three rooms, as a process for tests in browsers; its first port is the argument. Says
 * `{url, links}` over IPC when it is open, and ends with whoever started it.
 */
const port = Number(process.argv[2]);
const ends: (() => unknown)[] = [];
const t = { after: (end: () => unknown) => void ends.unshift(end) };
process.once("disconnect", async () => {
  for (const end of ends) await end();
  process.exit();
});
await startMediaServer(t, port);
const house = await houseFor(t, testSettings(port), { occupancy: threeRooms });
const { links } = await planMeeting(await setUp(house));
process.send?.({ url: house.url, links: links.map(({ link }) => link) });
