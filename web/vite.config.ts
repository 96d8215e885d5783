/** Builds the page into the Python package, served by the Python process under a strict CSP; in dev, /api goes to the local server. */
import locales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed, startFile, words } from "./vite.plugins.ts";

export default defineConfig({
  // React Aria speaks thirty languages; the page speaks two.
  plugins: [{ ...locales.vite({ locales: ["fr-FR", "en-US"] }), enforce: "pre" }, react(), words(), compressed()],
  resolve: { alias: { "#": new URL("./src", import.meta.url).pathname } },
  build: {
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: startFile }] } } },
    outDir: "../src/chatelet/page",
    emptyOutDir: true,
    target: "es2023",
    // The CSP refuses data: fonts and inline scripts: everything stays a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
  // Code is coloured in a worker that fetches one language at a time: only modules can be cut so.
  worker: { format: "es" },
  server: { host: "127.0.0.1", proxy: { "/api": "http://127.0.0.1:8000" } },
  test: {
    environment: "happy-dom",
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
    projects: [
      // What is worked out: importing everything again for each file was most of the time, and leaves nothing behind.
      { extends: true, test: { name: "logic", include: ["src/**/*.test.ts"], isolate: false } },
      // What is drawn: components keep state in their modules, so each file has its own.
      { extends: true, test: { name: "screens", include: ["src/**/*.test.tsx"] } },
    ],
  },
});
