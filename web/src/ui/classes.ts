// The classes of members by their names: documents call them by key or by id.
import { pick } from "../i18n/i18n";
import { useTopic } from "../sync/feed";

export function useClasses() {
  return useTopic("org").one("organisation")?.classes ?? [];
}

/** The name of a class in the reader's language; of one that is gone, the key. */
export function useClassNames(): (code: string) => string {
  const classes = useClasses();
  return (code) => {
    const found = classes.find(({ key, id }) => key === code || id === code);
    return pick(found?.label).text || found?.key || code;
  };
}
