/** Outlines on a grid of 24, drawn for this house. */
const paths = {
  microphone: "M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5 11v1a7 7 0 0 0 14 0v-1M12 19v3",
  microphoneOff:
    "M9 9v3a3 3 0 0 0 5 2.2M15 10V6a3 3 0 0 0-5.7-1.3M5 11v1a7 7 0 0 0 11.4 5.4M19 11v1c0 .8-.1 1.5-.3 2.2M12 19v3M3 3l18 18",
  camera: "M3 7h11a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H3zM16 11l5-3v8l-5-3z",
  cameraOff: "M8 7h6a2 2 0 0 1 2 2v4l5 3V8l-5 3M16 17H3V7h1M3 3l18 18",
  screen: "M3 4h18v12H3zM8 21h8M12 16v5M12 12.5V7.5M9.5 10 12 7.5l2.5 2.5",
  hand: "M7 12V6.5a1.5 1.5 0 0 1 3 0V11M10 11V4.5a1.5 1.5 0 0 1 3 0V11M13 11V5.5a1.5 1.5 0 0 1 3 0V12M16 12V8.5a1.5 1.5 0 0 1 3 0V15a6 6 0 0 1-6 6h-1.5a6 6 0 0 1-5-2.7L3.5 14a1.6 1.6 0 0 1 2.6-1.800L7 13.5",
  leave: "M10 4H5v16h5M15 8l4 4-4 4M19 12H9",
  doorOpen: "M4 21h16M6 21V4l8-1v18M14 5h4v16M11 12v.01",
  doorClosed: "M4 21h16M6 21V3h12v18M14.5 12v.01",
  air: "M12 12v.01M8.5 15.5a5 5 0 0 1 0-7M15.5 8.5a5 5 0 0 1 0 7M5.6 18.400a9 9 0 0 1 0-12.800M18.4 5.6a9 9 0 0 1 0 12.8",
  clock: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5l3 2",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  check: "M4 12.5 9.5 18 20 6.5",
  cross: "M6 6l12 12M18 6 6 18",
  people:
    "M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2.5 20a6.5 6.5 0 0 1 13 0M16 5.300a3.5 3.5 0 0 1 0 6.400M18 14.5a6.5 6.5 0 0 1 3.5 5.5",
  list: "M9 6h12M9 12h12M9 18h12M4 6v.01M4 12v.01M4 18v.01",
  next: "M5 5l9 7-9 7zM19 5v14",
  play: "M7 4.5v15l12-7.5z",
  pause: "M8 5v14M16 5v14",
  sound: "M4 9v6h4l5 4V5L8 9zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11",
  soundOff: "M4 9v6h4l5 4V5L8 9zM17 9.5l5 5M22 9.5l-5 5",
  keyboard: "M3 6h18v12H3zM7 10v.01M11 10v.01M15 10v.01M17 14H7",
  warning: "M12 4 2.5 20h19zM12 10v5M12 17.5v.01",
  info: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 11v5M12 8v.01",
  share: "M12 15V4M8 7.5 12 4l4 3.5M5 12v8h14v-8",
  plus: "M12 5v14M5 12h14",
  edit: "M4 20h4L19 9l-4-4L4 16z",
  person: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 21a7.5 7.5 0 0 1 15 0",
} as const;

export type IconName = keyof typeof paths;

/** Always beside words or inside a control with a name of its own, so hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
