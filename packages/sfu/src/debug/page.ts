import { escaped, pageOf, rate, share, shortened } from "./html.ts";
import type { EncodingSeen, FlowSeen, PersonSeen, RoomSeen, TrackSeen } from "./look.ts";

/** Pixels. Two columns of cards: who sends, who receives; between them a band for each track on its way. */
const width = 1140;
const leftWidth = 390;
const rightAt = 660;
const rightWidth = width - rightAt;
const headHeight = 46;
const rowHeight = 30;
const gap = 16;
/** A band this wide is 2 Mbit/s. */
const widestBand = 16;
/** In a sender's card. */
const barsAt = 190;

const hues = [212, 28, 140, 330, 265, 48, 180, 0, 95, 300];
const colourOf = (index: number): string => `hsl(${hues[index % hues.length]} 62% 52%)`;

interface Placed<T> {
  person: PersonSeen;
  rows: readonly T[];
  y: number;
}

/** One room drawn: who sends what to whom, at which layer. */
export function roomPage(room: RoomSeen): string {
  const senders = placed(room.people, ({ tracks }) => tracks);
  const receivers = placed(room.people, ({ flows }) => flows);
  const sending = senders.filter(({ rows }) => rows.length > 0);
  const colours = new Map(sending.map(({ person }, index) => [person.sid, colourOf(index)]));
  const starts = new Map<string, { y: number; colour: string; track: TrackSeen; sender: PersonSeen }>();
  for (const { person, rows, y } of senders)
    for (const [index, track] of rows.entries())
      starts.set(track.sid, { y: rowAt(y, index), colour: colours.get(person.sid) ?? "", track, sender: person });
  const bands: string[] = [];
  const cards = [
    ...senders.map((card) => senderCard(card, colours.get(card.person.sid) ?? "")),
    ...receivers.map(({ person, rows, y }) =>
      card(rightAt, rightWidth, person, rows.length, y, incomingOf(person), [
        ...rows.map((flow, index) => {
          const start = starts.get(flow.track);
          const at = rowAt(y, index);
          if (start) bands.push(band(start.y, at, flow, start.colour));
          return receiverRow(flow, start?.track ?? null, start?.sender ?? null, start?.colour ?? "", at);
        }),
      ]),
    ),
  ];
  const height = Math.max(endOf(senders), endOf(receivers), 80);
  const drawing = `<div class="wide"><svg viewBox="0 0 ${width} ${height + 30}" role="img" aria-label="Who sends what to whom" font-size="13">
<text x="0" y="16" class="soft">sends</text><text x="${rightAt}" y="16" class="soft">receives</text>
<g transform="translate(0 30)">${bands.join("")}${cards.join("")}</g></svg></div>${legend}`;
  const more = room.people.reduce((sum, person) => sum + person.more, 0);
  return pageOf(
    room.name,
    `<h1>${escaped(room.name)}</h1>
<p>${room.people.length === 1 ? "1 person" : `${room.people.length} people`}, ${ageOf(room)}. <a href="/debug/rooms">All rooms</a>${more > 0 ? ` ${more} more tracks on their way are not drawn.` : ""}</p>
${room.people.length === 0 ? "<p>Nobody is in this room now. Whoever comes is drawn here within two seconds.</p>" : drawing}`,
  );
}

/** How to read the drawing. */
const legend = `<dl>
<dt><svg viewBox="0 0 36 14" width="36" height="14"><line x1="0" y1="7" x2="28" y2="7" stroke="currentColor" stroke-width="5" opacity="0.55"/><polygon points="26,1 35,7 26,13" fill="currentColor"/></svg></dt><dd>flows, the wider the more</dd>
<dt><svg viewBox="0 0 36 14" width="36" height="14"><line x1="0" y1="7" x2="34" y2="7" stroke="currentColor" stroke-dasharray="3 5"/></svg></dt><dd>subscribed to, and nothing flows: muted, switched off or no room for it</dd>
<dt><svg viewBox="0 0 36 14" width="36" height="14"><rect x="4" y="8" width="7" height="6" fill="currentColor"/><rect x="14" y="4" width="7" height="10" fill="currentColor"/><rect x="24" y="0" width="7" height="14" class="none"/></svg></dt><dd>layers that a camera sends: low, middle, high; pale ones do not arrive</dd>
<dt>x of y</dt><dd>what is sent to them, of what their path is thought to carry</dd>
<dt>ms</dt><dd>there and back again</dd>
</dl>`;

function ageOf({ createdAt }: RoomSeen): string {
  const minutes = Math.floor((Date.now() - createdAt) / 60_000);
  if (minutes < 1) return "for less than a minute";
  return minutes < 120 ? `for ${minutes} min` : `for ${Math.floor(minutes / 60)} h`;
}

function placed<T>(people: readonly PersonSeen[], rowsOf: (person: PersonSeen) => readonly T[]): Placed<T>[] {
  let y = 0;
  return people.map((person) => {
    const here = { person, rows: rowsOf(person), y };
    y += headHeight + here.rows.length * rowHeight + (here.rows.length > 0 ? 8 : 0) + gap;
    return here;
  });
}

const rowAt = (y: number, index: number): number => y + headHeight + index * rowHeight + rowHeight / 2 - 4;

function endOf(cards: readonly Placed<unknown>[]): number {
  const last = cards.at(-1);
  return last === undefined ? 0 : last.y + headHeight + last.rows.length * rowHeight + 8;
}

function card(
  x: number,
  cardWidth: number,
  person: PersonSeen,
  rows: number,
  y: number,
  remark: string,
  inside: readonly string[],
): string {
  const height = headHeight + rows * rowHeight + (rows > 0 ? 4 : -6);
  const who = person.name === "" ? person.identity : `${person.name} (${person.identity})`;
  const kind = person.recorder ? " · records" : person.hidden ? " · hidden" : "";
  const state = person.state === "connected" ? "" : ` · ${person.state}`;
  const suffers = person.suffers === null ? "" : ` · ${person.suffers}`;
  return `<g><title>${escaped(`${who} ${person.sid}`)}</title>
<rect class="card" x="${x + 0.5}" y="${y + 0.5}" width="${cardWidth - 1}" height="${height}" rx="8"/>
<text x="${x + 14}" y="${y + 26}" font-weight="600">${escaped(shortened(who, 26))}<tspan class="soft" font-weight="400">${kind}</tspan><tspan class="bad" font-weight="400">${escaped(state + suffers)}</tspan></text>
<text x="${x + cardWidth - 14}" y="${y + 26}" text-anchor="end" class="soft">${remark}</text>
${inside.join("\n")}</g>`;
}

function senderCard({ person, rows, y }: Placed<TrackSeen>, colour: string): string {
  const sum = rows.reduce((total, { bitrate }) => total + bitrate, 0);
  const remark = rows.length === 0 ? "sends nothing" : rate(sum);
  return card(0, leftWidth, person, rows.length, y, remark, [
    ...rows.map((track, index) => {
      const at = rowAt(y, index);
      return `<rect x="14" y="${at - 9}" width="5" height="18" rx="2" fill="${colour}"/>
<text x="28" y="${at + 4.5}">${escaped(track.source)}<tspan class="soft"> ${escaped(codecOf(track))}</tspan></text>
${bars(track.encodings, at, colour)}
<text x="${barsAt + 36}" y="${at + 4.5}" class="soft">${escaped(sizeOf(track.encodings.findLast(({ bitrate }) => bitrate > 0)))}</text>
<text x="${leftWidth - 14}" y="${at + 4.5}" text-anchor="end">${track.muted ? '<tspan class="soft">muted</tspan>' : rate(track.bitrate)}${lossOf(track.lost)}</text>`;
    }),
  ]);
}

/** One bar for each encoding or layer, filled where it arrives. */
const bars = (encodings: readonly EncodingSeen[], y: number, colour: string): string =>
  encodings
    .map((encoding, index) => {
      const tall = 6 + (12 * (index + 1)) / encodings.length;
      const paint = encoding.bitrate > 0 ? `fill="${colour}"` : 'class="none"';
      return `<rect x="${barsAt + index * 10}" y="${y + 9 - tall}" width="7" height="${tall}" rx="1.5" ${paint}><title>${escaped(nameOf(encoding, encodings))}: ${rate(encoding.bitrate)}</title></rect>`;
    })
    .join("");

const codecOf = ({ codec }: TrackSeen): string => (codec.toLowerCase() === "red" ? "Opus + RED" : codec);

const sizeOf = (encoding: EncodingSeen | undefined): string =>
  encoding?.width && encoding.height ? `${encoding.width}×${encoding.height}` : "";

const ranks = [[], [""], ["low", "high"], ["low", "middle", "high"]] as const;

/** Which of a track's layers this is, in words where it has several, and its size. */
function nameOf(encoding: EncodingSeen, all: readonly EncodingSeen[]): string {
  const rank = ranks[all.length]?.[all.indexOf(encoding)] ?? `layer ${all.indexOf(encoding)}`;
  return [rank, sizeOf(encoding)].filter(Boolean).join(" ");
}

function incomingOf({ flows, estimate }: PersonSeen): string {
  if (flows.length === 0) return "receives nothing";
  const sum = flows.reduce((total, { state, bitrate }) => total + (state === "flows" ? bitrate : 0), 0);
  const trip = Math.max(0, ...flows.map(({ roundTrip }) => roundTrip));
  const room = estimate === null ? "" : ` of ${rate(estimate)}`;
  return `${rate(sum)}${room}${trip > 0 ? ` · ${Math.round(trip)} ms` : ""}`;
}

function receiverRow(
  flow: FlowSeen,
  track: TrackSeen | null,
  sender: PersonSeen | null,
  colour: string,
  at: number,
): string {
  const x = rightAt + 14;
  const whose = sender === null ? flow.track : sender.name || sender.identity;
  const all = track?.encodings ?? [];
  const encoding = all.find(({ id, layer }) => id === flow.encoding && (flow.layer ?? layer) === layer);
  const what = flow.state !== "flows" ? flow.state : encoding ? nameOf(encoding, all) : "";
  return `<rect x="${x}" y="${at - 9}" width="5" height="18" rx="2" fill="${colour}"/>
<text x="${x + 14}" y="${at + 4.5}">${escaped(shortened(whose, 18))}<tspan class="soft"> ${escaped(track?.source ?? "")}</tspan></text>
<text x="${rightAt + 250}" y="${at + 4.5}" class="soft">${escaped(what)}</text>
<text x="${width - 14}" y="${at + 4.5}" text-anchor="end">${flow.state === "flows" ? rate(flow.bitrate) : ""}${lossOf(flow.lost ?? 0)}</text>`;
}

const lossOf = (lost: number): string =>
  lost < 0.005 ? "" : `<tspan class="${lost > 0.03 ? "bad" : "soft"}"> −${share(lost)}</tspan>`;

function band(from: number, to: number, flow: FlowSeen, colour: string): string {
  const flows = flow.state === "flows" && flow.bitrate > 0;
  const wide = flows ? Math.max(1.5, Math.min(widestBand, (flow.bitrate / 2e6) * widestBand)) : 1;
  const middle = (leftWidth + rightAt) / 2;
  const end = rightAt - (flows ? 6 : 0);
  const half = Math.max(4, wide * 0.75);
  const head = flows
    ? `<polygon points="${end - 2},${to - half} ${rightAt},${to} ${end - 2},${to + half}" fill="${colour}"/>`
    : "";
  return `${head}<path d="M${leftWidth} ${from}C${middle} ${from} ${middle} ${to} ${end} ${to}" fill="none" stroke="${colour}" stroke-width="${wide.toFixed(1)}" opacity="${flows ? 0.55 : 0.35}"${flows ? "" : ' stroke-dasharray="3 5"'}/>`;
}
