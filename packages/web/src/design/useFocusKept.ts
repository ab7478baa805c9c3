import { type FocusEvent, useEffect, useRef } from "react";

/**
 * For a part of a page whose buttons come and go: where the focus was on one that is gone, it goes to the part's heading.
 * Whoever is at the keyboard goes on from there, and a second press, meant for the button that was, hits no other.
 */
export function useFocusKept() {
  const heading = useRef<HTMLHeadingElement>(null);
  const within = useRef(false);
  useEffect(() => {
    if (within.current && document.activeElement === document.body) heading.current?.focus();
  });
  return {
    part: {
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
