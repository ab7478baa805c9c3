import { type FocusEvent, useCallback, useEffect, useRef } from "react";

/**
 * For a part of a page whose buttons come and go: where the focus was on one that is gone, it goes to the part's heading.
 * Whoever is at the keyboard goes on from there, and a second press, meant for the button that was, hits no other.
 */
export function useFocusKept() {
  const heading = useRef<HTMLHeadingElement>(null);
  const within = useRef(false);
  const part = useRef<HTMLElement>(null);
  const keep = useCallback(() => {
    if (within.current && document.activeElement === document.body) heading.current?.focus();
  }, []);
  useEffect(keep);
  // What stands in the part may be drawn anew by itself.
  useEffect(() => {
    if (!part.current) return;
    const observer = new MutationObserver(keep);
    observer.observe(part.current, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [keep]);
  return {
    part: {
      ref: part,
      onFocus: () => {
        within.current = true;
      },
      // Of a button that is gone React tells nothing: this is somebody who went elsewhere.
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
        within.current = relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
      },
    },
    heading: { ref: heading, tabIndex: -1 },
  };
}
