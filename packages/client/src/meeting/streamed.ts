import type { ErasedMessages, LastNumbers, StreamMessage, StreamMessages } from "@raadhuis/protocol/socket";

/** What a page has of one audience: without a gap but for what was erased. */
export interface Stream {
  /** In order of their numbers. */
  messages: readonly StreamMessage[];
  /** The last number that it was sent: what comes next is after it. */
  last: number;
  /** There are older ones, which were too many to be sent. */
  more: boolean;
}

/** By `<stream>/<audience>`. */
export type Streams = ReadonlyMap<string, Stream>;

const empty: Stream = { messages: [], last: 0, more: false };

/** Folds what an audience was told, or what was erased of it. */
export function streamed(before: Streams, message: StreamMessages | ErasedMessages): Streams {
  const key = `${message.stream}/${message.audience}`;
  const stream = before.get(key) ?? empty;
  return new Map(before).set(key, message.type === "stream" ? told(stream, message) : erased(stream, message));
}

/** What the server is told when the page comes back. */
export const lastNumbers = (streams: Streams): LastNumbers =>
  Object.fromEntries([...streams].filter(([, { last }]) => last > 0).map(([key, { last }]) => [key, last]));

/** Where some were left out in between, what was before them goes too: what is shown has no hole. */
function told(stream: Stream, { messages, more }: StreamMessages): Stream {
  const known = more ? [] : stream.messages;
  const after = known.at(-1)?.number ?? 0;
  const fresh = messages.filter(({ number }) => number > after);
  const last = fresh.at(-1)?.number ?? stream.last;
  return { messages: [...known, ...fresh], last, more: more || stream.more };
}

function erased(stream: Stream, { through, numbers }: ErasedMessages): Stream {
  const gone = new Set(numbers);
  const messages = stream.messages
    .filter(({ number }) => number > through)
    .map((said) => (gone.has(said.number) ? { ...said, body: null } : said));
  const first = messages[0]?.number ?? 0;
  return { ...stream, messages, more: stream.more && first > through + 1 };
}
