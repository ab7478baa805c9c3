import { isImmutable } from "@raadhuis/protocol/publicNames";

/** Sent with everything. The policy is that of the pages: nothing from elsewhere, nothing inline, no frame around it. */
const always: Readonly<Record<string, string>> = {
  "Content-Security-Policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "font-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; "),
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), display-capture=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** Headers of every answer. @param https whether people reach us by https */
export const commonHeaders = (https: boolean): Record<string, string> =>
  https ? { ...always, "Strict-Transport-Security": "max-age=31536000" } : { ...always };

const FOREVER = "public, max-age=31536000, immutable";
/** May be kept, but is asked for again before use. */
const ASK = "no-cache";

/** A bundled asset never changes under its name, nor do segments and parts of the state; playlists, state, pages and recordings may. */
export const cacheControl = (path: string): string =>
  path.startsWith("/assets/") || (path.startsWith("/public/") && isImmutable(path)) ? FOREVER : ASK;
