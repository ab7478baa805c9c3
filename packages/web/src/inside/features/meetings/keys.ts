/** A key for each, by what it says and how many before it say the same: two people may have one name until it is mended. */
export function keysOf<Item>(items: readonly Item[], say: (item: Item) => string): { key: string; item: Item }[] {
  const before = new Map<string, number>();
  return items.map((item) => {
    const words = say(item);
    const count = before.get(words) ?? 0;
    before.set(words, count + 1);
    return { key: `${words} ${count}`, item };
  });
}
