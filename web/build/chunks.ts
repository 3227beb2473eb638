// Which modules travel together. A request costs a phone in a hall as much as twenty kilobytes, so what
// every first page needs is one file, what home needs another, then what a vote needs, and what talks are made of; the
// rest is left to the bundler.

interface Module {
  importedIds: readonly string[];
}
interface Graph {
  getModuleInfo(id: string): Module | null;
}

/** In the order in which they are filled: a module belongs to the first that reaches it without a dynamic import. */
const roots: [name: string, root: RegExp][] = [
  ["first", /\/src\/app\/main\.tsx$/],
  // Small, and shared by several of those that follow.
  ["first", /\/src\/practice\/voted\.ts$/],
  ["first", /\/src\/proposal\/title\.ts$/],
  ["first", /\/src\/ui\/slices\.ts$/],
  ["first", /\/src\/poll\/may\.ts$/],
  ["first", /\/src\/ballot\/(receipts|hash)\.ts$/],
  ["first", /\/src\/ui\/save\.ts$/],
  ["home", /\/src\/home\/home\.tsx$/],
  ["vote", /\/src\/poll\/page\.tsx$/],
  // A moment after every page, and what home shows then; hours of meetings, and what ends a long list, are wanted by some pages
  // from the beginning.
  ["soon", /\/src\/(notify\/bell|meeting\/hours|ui\/more)\.tsx?$/],
  ["later", /\/src\/(home\/later|meeting\/first)\.tsx$/],
  // What signs and checks: after any page.
  ["record", /\/src\/ballot\/(history|cast|warning)\.tsx?$/],
  // Made when a text needs it (classic.ts): most are words alone.
  ["marks", /\/node_modules\/marked\//],
  ["talk", /\/src\/discussion\/discussion\.tsx$/],
];
/** What the bundler adds: small, and wanted by parts that need nothing else of each other. */
const helpers = /preload-helper|commonjs-helpers|rolldown[/:-]runtime/;
const known = new Map<string, string>();

function reach(id: string, name: string, graph: Graph): void {
  if (known.has(id)) return;
  known.set(id, name);
  for (const other of graph.getModuleInfo(id)?.importedIds ?? []) reach(other, name, graph);
}

export const chunkOf = (id: string): string | null =>
  known.get(id) ?? (helpers.test(id) ? "first" : null);

/** Told of all modules, before the first is placed. */
export function plan(ids: Iterable<string>, graph: Graph): void {
  known.clear();
  const all = [...ids];
  for (const id of all) if (helpers.test(id)) reach(id, "first", graph);
  for (const [name, root] of roots) for (const id of all) if (root.test(id)) reach(id, name, graph);
}
