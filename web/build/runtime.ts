// The bundler's helper of three lines, which it keeps in a file of its own: a request, in front of code that waits
// for it. It is written into each file that asks for it instead.
import type { Rolldown } from "vite";

type Bundle = Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>;

/** Before names are listed. What still names the file (hints for dynamic imports) names the first page's code. */
export function inlineRuntime(bundle: Bundle, first: string): void {
  const runtime = Object.values(bundle).find(({ fileName }) =>
    fileName.includes("/rolldown-runtime-"),
  );
  if (runtime?.type !== "chunk") return;
  const file = runtime.fileName.replace(/^assets\//, "");
  const [exported, list = ""] = /export\{([^}]*)\};?\s*$/.exec(runtime.code) ?? [];
  if (!exported || list.includes(",")) throw new Error("the helper is not what it was");
  const name = list.split(" as ")[0];
  const helper = `(()=>{${runtime.code.trim().slice(0, -exported.length)}return ${name}})()`;
  const asks = new RegExp(`import\\{(?:\\w+ as )?(\\w+)\\}from[\`"']\\./${file}[\`"'];`);
  for (const chunk of Object.values(bundle)) {
    if (chunk.type !== "chunk") continue;
    chunk.code = chunk.code
      .replace(asks, (_all, local: string) => `const ${local}=${helper};`)
      .replaceAll(`assets/${file}`, first);
    chunk.imports = chunk.imports.filter((one) => one !== runtime.fileName);
    if (chunk.code.includes(file)) throw new Error(`${chunk.fileName} still asks for the helper`);
  }
  delete bundle[runtime.fileName];
}
