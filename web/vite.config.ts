// The client's build: hashed files under assets/, nothing inlined, so that the page runs under a
// content security policy without exceptions. The Makefile compresses the files afterwards.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/",
  oxc: {
    target: "es2021",
    jsx: { runtime: "automatic", importSource: "preact" },
    // Fields are assigned: the oldest browsers then need no helper for them.
    assumptions: { setPublicClassFields: true },
    typescript: { removeClassFieldsWithoutInitializer: true },
  },
  build: {
    target: ["chrome87", "firefox91", "safari14"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    reportCompressedSize: false,
    emptyOutDir: true,
  },
});
