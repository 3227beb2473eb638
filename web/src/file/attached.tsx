// Where files may be attached: nothing is fetched before there is a file to show or a right to add one.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { isFacilitator } from "../app/session";
import type { File as Attachment } from "../generated/api";
import { words } from "../i18n/load";
import { untilDone } from "../sync/backoff";
import { useTopic } from "../sync/feed";

export type Thing = Attachment["on"];

type Loaded = typeof import("./files");
const loaded = signal<Loaded | null>(null);
let asked = false;
async function fetchFiles(): Promise<void> {
  if (asked) return;
  asked = true;
  const load = async () => (await Promise.all([import("./files"), words("file")]))[0];
  loaded.value = await untilDone(load);
}

/**
 * The files of a thing, kept current by `topic` (where they are read); `may`: the reader may add some;
 * `offered` false: the way to add one shows only beside those there are.
 */
export function Attached({
  topic,
  on,
  may,
  offered = true,
  small,
}: {
  topic: string;
  on: Thing;
  may: boolean;
  offered?: boolean;
  small?: boolean;
}) {
  const files = useTopic(topic)
    .all("file")
    .filter((file) => file.on.id === on.id);
  const wanted = may || files.length > 0;
  useEffect(() => {
    if (wanted) fetchFiles();
  }, [wanted]);
  const Files = loaded.value?.Files;
  if (!wanted || !Files) return null;
  const inOrder = files.sort((a, b) => a.at_ms - b.at_ms || a.id.localeCompare(b.id));
  return (
    <Files
      on={on}
      files={inOrder}
      may={may}
      offered={offered}
      mayRemove={may || isFacilitator.value}
      small={small ?? false}
    />
  );
}
