// The four words of the newest seal that this device has verified, for whatever shows them.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useLater } from "../ui/later";
import { seal } from "./record";

/** "" until they are known; `wanted`: the list of words is fetched only then. */
export function useFourWords(wanted = true): { words: string; size: number } {
  const found = useSignal({ words: "", size: 0 });
  const code = useLater(() => import("./words"), wanted);
  const newest = seal.value;
  useEffect(() => {
    if (!code || !newest) return;
    let current = true;
    code.fourWords(newest).then((words) => {
      if (current) found.value = { words: words.join(" "), size: newest.size };
    });
    return () => {
      current = false;
    };
  }, [code, newest]);
  return found.value;
}
