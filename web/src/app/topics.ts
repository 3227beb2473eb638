// What an address shows, as far as it is known before its page is loaded.

const ones: Record<string, string> = {
  p: "proposal",
  v: "poll",
  d: "decision",
  t: "task",
  g: "group",
  meetings: "meeting",
};
const all: Record<string, string> = {
  ...{ p: "proposals", t: "tasks", d: "decisions", g: "groups" },
  meetings: "meetings",
};

/** Topics that every page or this one watches. */
export function topicsOf(path: string): string[] {
  const [, kind = "", id = ""] = path.split("/");
  const topic = /^[0-9-]+$/.test(id) ? `${ones[kind] ?? ""}/${id}` : id === "" ? all[kind] : "";
  const own = kind === "v" || kind === "meetings" ? ["me"] : [];
  return topic && !topic.startsWith("/") ? ["org", topic, ...own] : ["org"];
}
