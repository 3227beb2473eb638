// The service worker: src/app/worker.ts, built alone, told what the first pages are made of. Its bytes differ when any
// file of the client does, or the head with which the server sends the page, which is kept with it: that is how a browser
// finds that there is a new build.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "./alone.ts";

const source = fileURLToPath(new URL("../src/app/worker.ts", import.meta.url));
const head = fileURLToPath(new URL("../../server/net/http.c", import.meta.url));

/** `names`: of all files; `first`: those kept before anybody asks for them. */
export function compileWorker(page: string, names: string[], first: string[]): Promise<string> {
  const hash = createHash("sha256").update(page).update(names.toSorted().join());
  const build = hash.update(readFileSync(head)).digest("base64url").slice(0, 12);
  return compile(source, { __BUILD__: build, __FILES__: first.map((name) => `/${name}`) });
}
