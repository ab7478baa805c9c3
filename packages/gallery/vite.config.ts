import { defineConfig } from "vite";

/** One file that holds all of the gallery: its process may read that, and needs no node_modules. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    ssr: "src/main.ts",
    outDir: "dist",
    target: "node24",
    rolldownOptions: { output: { entryFileNames: "main.mjs", codeSplitting: false } },
  },
  ssr: { noExternal: true },
});
