import { useRef, useSyncExternalStore } from "react";
import type { Readable } from "./store.ts";

export const useStore = <T>(store: Readable<T>): T => useSyncExternalStore(store.subscribe, store.get);

/**
 * A part of a value that changes. The component is drawn anew when that part is another one, not when the rest is:
 * what is selected may be put together anew each time, its members are compared.
 */
export function useSelected<T, Part>(store: Readable<T>, select: (value: T) => Part): Part {
  const last = useRef<{ part: Part } | null>(null);
  const get = () => {
    const part = select(store.get());
    if (last.current === null || !areSame(last.current.part, part)) last.current = { part };
    return last.current.part;
  };
  return useSyncExternalStore(store.subscribe, get);
}

/** The same thing, or two lists or plain objects that hold the same things. */
export function areSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isComposed(one) || !isComposed(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length && keys.every((key) => key in other && Object.is(one[key], other[key]))
  );
}

const isComposed = (value: unknown): value is Record<string, unknown> =>
  Array.isArray(value) ||
  (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype);
