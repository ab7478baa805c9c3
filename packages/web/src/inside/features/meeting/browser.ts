import type { Surroundings, WakeUps } from "@raadhuis/client";

/** What a page gives its meeting's connection. `path`: of the socket, on the page's own host. */
export const inBrowser = (path: string): Omit<Surroundings, "stillWelcome"> => ({
  open: () => new WebSocket(new URL(path, location.href.replace(/^http/, "ws"))),
  listen,
  report: (error) => console.error(error),
});

function listen({ online, looked }: WakeUps): () => void {
  const visible = () => {
    if (document.visibilityState === "visible") looked();
  };
  addEventListener("online", online);
  addEventListener("visibilitychange", visible);
  return () => {
    removeEventListener("online", online);
    removeEventListener("visibilitychange", visible);
  };
}
