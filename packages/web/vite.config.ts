import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * One configuration, two bundles: `vite build --mode inside` and `--mode outside`. Nothing is inlined as `data:` but
 * pictures in style sheets, so the pages keep to `font-src 'self'`; no source maps, no other host.
 */
export default defineConfig(({ mode }) => {
  const bundle = mode === "outside" ? "outside" : "inside";
  return {
    root: new URL(`src/${bundle}`, import.meta.url).pathname,
    publicDir: new URL("src/design/public", import.meta.url).pathname,
    plugins: [react()],
    build: {
      outDir: new URL(`dist/${bundle}`, import.meta.url).pathname,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 900,
      target: ["chrome111", "firefox114", "safari16.4"],
      // What tells zod to make no code goes with zod itself: whichever chunk is run first, no schema is made before.
      rolldownOptions: {
        output: {
          codeSplitting: { groups: [{ name: "zod", test: /[\\/]node_modules[\\/]zod[\\/]|[\\/]strict\.ts$/ }] },
        },
      },
    },
  };
});
