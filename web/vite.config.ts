// The client's build: hashed files under assets/, nothing inlined, so that the page runs under a
// content security policy without exceptions. The Makefile compresses the files afterwards.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { target } from "./build/alone.ts";
import { catalogues } from "./build/catalogues.ts";
import { chunkOf } from "./build/chunks.ts";
import { early } from "./build/early.ts";
import { sheets } from "./build/sheets.ts";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/",
  oxc: {
    jsx: { runtime: "automatic", importSource: "preact" },
  },
  plugins: [catalogues(), sheets(), early()],
  build: {
    target,
    assetsInlineLimit: 0,
    // Scripts find each other by themselves (build/classic.ts).
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, names) => names.filter((name) => name.endsWith(".css")),
    },
    sourcemap: false,
    reportCompressedSize: false,
    emptyOutDir: true,
    rolldownOptions: {
      // Fields of classes are assigned: for defining them a helper of 1.3 kB would stand in the first file.
      transform: { assumptions: { setPublicClassFields: true } },
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: chunkOf, debugName: "chunks" }],
        },
      },
    },
  },
});
