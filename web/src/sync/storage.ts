// What the browser keeps between pages (IndexedDB). Where it has no such thing, forbids it, or does not answer, each of these
// rejects like any other failure of it, and never throws before its promise is there: whoever can do without only has to catch.
import * as idb from "idb-keyval";

/** Looked at twice a second: a page that was asleep has not waited. A disk that is busy may take some seconds. */
const looksMost = 16;
/** What was not read must not be written over: a page that storage once did not answer does without it. */
let silent = false;

const soon = <T>(work: () => Promise<T>): Promise<T> =>
  new Promise((done, fail) => {
    if (silent) throw new Error("storage is silent");
    const answer = work();
    let looks = 0;
    const timer = setInterval(() => {
      silent ||= ++looks >= looksMost;
      if (silent) first(fail)(new Error("storage is silent"));
    }, 500);
    const first =
      <V>(settle: (value: V) => void) =>
      (value: V) => {
        clearInterval(timer);
        settle(value);
      };
    answer.then(first(done), first(fail));
  });

export const get = <T>(key: string) => soon(() => idb.get<T>(key));
export const set = (key: string, value: unknown) => soon(() => idb.set(key, value));
export const entries = <T>() => soon(() => idb.entries<string, T>());
export const delMany = (keys: string[]) => soon(() => idb.delMany(keys));
